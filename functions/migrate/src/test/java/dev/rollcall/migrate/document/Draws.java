package dev.rollcall.migrate.document;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Random items and documents. The same seed and size draw the same.
final class Draws {

  /// The kinds of operations that change an item in place.
  enum Kind {
    ADD,
    GENERATE,
    REMOVE,
    RENAME,
    MIRROR,
    MAP
  }

  /// What a check says about one draw.
  interface Sentence {
    void of(Draws draws);
  }

  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

  private final Random random;
  private final int size;

  private Draws(long seed, int size) {
    random = new Random(seed);
    this.size = size;
  }

  /// Holds a sentence against many draws. One that fails is made smaller as long as it fails, and
  /// named by its seed and size.
  static void always(int times, Sentence sentence) {
    for (var seed = 0; seed < times; seed++) {
      var failure = failure(sentence, seed, 1 + seed % 8);
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  private static Optional<AssertionError> failure(Sentence sentence, long seed, int size) {
    try {
      sentence.of(new Draws(seed, size));
      return Optional.empty();
    } catch (AssertionError | RuntimeException failure) {
      for (var smaller = 1; smaller < size; smaller++) {
        var less = failure(sentence, seed, smaller);
        if (less.isPresent()) {
          return less;
        }
      }
      return Optional.of(
          new AssertionError(
              "seed %d, size %d: %s".formatted(seed, size, failure.getMessage()), failure));
    }
  }

  boolean coin() {
    return random.nextBoolean();
  }

  AttributeValue value() {
    return switch (random.nextInt(size < 3 ? 3 : 6)) {
      case 0 -> fromS("s" + random.nextInt(4));
      case 1 -> fromN(Integer.toString(random.nextInt(-9, 4_000)));
      case 2 -> fromBool(coin());
      case 3 -> fromSs(List.of("x" + random.nextInt(9), "y"));
      case 4 -> fromM(Map.of("m", value()));
      default -> fromL(List.of(value(), fromN("1." + random.nextInt(1, 9))));
    };
  }

  /// A value such as the operation is meant for, most of the time.
  AttributeValue valueFor(Op op) {
    return switch (op) {
      case Op.Mapping mapping when random.nextInt(4) > 0 -> {
        var entry = mapping.values().get(random.nextInt(mapping.values().size()));
        yield coin() ? entry.from() : entry.to();
      }
      default -> value();
    };
  }

  /// An item of level 6 and of the kind that the document is about.
  Map<String, AttributeValue> item(Migration migration) {
    var item = new HashMap<String, AttributeValue>();
    for (var name : NAMES.subList(0, Math.min(size, NAMES.size()))) {
      if (coin()) {
        item.put(name, value());
      }
    }
    for (var op : migration.ops()) {
      for (var name : op.attributes()) {
        item.remove(name);
        if (random.nextInt(3) > 0) {
          item.put(name, valueFor(op));
        }
      }
    }
    item.putAll(new Key(migration.match().pkPrefix() + "1", migration.match().sk()).attributes());
    item.put("_v", fromN(Integer.toString(migration.match().version())));
    return item;
  }

  Migration migration(Match match, Kind... kinds) {
    var names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    return migration("0007", 6, match, names, kinds);
  }

  /// One to three operations of any kind, on some of these attributes.
  Migration anything(String id, int from, Match match, List<String> names) {
    var shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, random);
    var kinds = new Kind[1 + random.nextInt(3)];
    Arrays.setAll(kinds, _ -> List.of(Kind.values()).get(random.nextInt(Kind.values().length)));
    return migration(id, from, match, shuffled, kinds);
  }

  Migration migration(String id, int from, Match match, List<String> names, Kind... kinds) {
    var free = new ArrayList<>(names);
    var ops = new ArrayList<Op>();
    for (var kind : kinds) {
      ops.add(op(kind, free));
    }
    return aMigration(id, from, match, ops);
  }

  static Migration aMigration(String id, int from, Match match, List<Op> ops) {
    return new Migration(
        id,
        "drawn",
        "1.4.0",
        1,
        from,
        from + 1,
        new Compat(from, from, Optional.empty()),
        match,
        ops,
        new Loss(Loss.Down.NONE_WITH_ATTIC, "something"),
        Backup.NONE,
        List.of(),
        "{}");
  }

  private Op op(Kind kind, List<String> free) {
    var phase = coin() ? Op.Phase.EXPAND : Op.Phase.SETTLE;
    var attr = free.removeLast();
    return switch (kind) {
      case ADD -> new Op.Add(attr, new Op.Value.Const(value()), phase);
      case GENERATE ->
          new Op.Add(
              attr,
              new Op.Value.Generated(coin() ? Op.Value.Kind.UUID4 : Op.Value.Kind.HEX32),
              phase);
      case REMOVE -> new Op.Remove(attr, coin() ? Optional.of(value()) : Optional.empty(), phase);
      case RENAME -> new Op.Rename(attr, free.removeLast(), false, phase);
      case MIRROR -> new Op.Rename(attr, free.removeLast(), true, Op.Phase.EXPAND);
      case MAP -> new Op.Mapping(attr, table(), phase);
    };
  }

  /// Some of these are no bijection, and some lead from one of their values to another.
  private List<Op.Entry> table() {
    var table = new ArrayList<Op.Entry>();
    var origins = Set.of("s0", "s1", "s2", "s3").stream().sorted().toList();
    for (var origin : origins.subList(0, 1 + random.nextInt(origins.size()))) {
      table.add(new Op.Entry(fromS(origin), coin() ? fromS("s" + random.nextInt(4)) : value()));
    }
    return table;
  }
}
