package dev.rollcall.migrate.engine;

import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.document.Loss;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Head.Dir;
import dev.rollcall.store.RawItems;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Every META that releases can leave, from an empty table on, whatever they are told, whenever
/// they die and whatever item cannot be changed: and told to each of them, paused or not,
/// everything that a deployment or a person may want. What is told is what `./rollcall migrate`
/// tells: `apply` settles at any level, `rollback` goes back to any, `resume` is a tick.
class EveryWishTest {
  private static final Migration TOLERATED = Papers.ALL.get(0);
  private static final Migration STRICT = Papers.ALL.get(1);
  private static final Migration LOSSY =
      Papers.read(
          Papers.LOSSY
              .replace("\"0004\"", "\"0003\"")
              .replace("{from: 4, to: 5}", "{from: 3, to: 4}")
              .replace("minReader: 5, minWriter: 5", "minReader: 4, minWriter: 4")
              .replace("version: 4", "version: 2"));

  @Test
  void Of_four_releases_ends_as_it_was_wished_or_is_refused_untouched_or_blocked_with_a_remedy() {
    assertThat(new Atlas(List.of(TOLERATED, STRICT, LOSSY), false).faults()).isEmpty();
  }

  @Test
  void Of_three_that_also_give_up_the_way_back_ends_so_too() {
    assertThat(new Atlas(List.of(TOLERATED, STRICT), true).faults()).isEmpty();
  }

  /// @param own the level of the release that is told
  /// @param isLater whether it is told when nobody else has been seen for long
  private record Told(int own, Wish wish, boolean isLater) {
    @Override
    public String toString() {
      return "release of level %d: %s %d%s%s"
          .formatted(
              own,
              wish.dir(),
              wish.target(),
              wish.lossy() ? " lossy" : "",
              isLater ? " after weeks" : "");
    }

    Instant at() {
      return isLater ? NOON.plus(Finality.BURN_IN).plusSeconds(1) : NOON;
    }
  }

  /// All that META may be, and what is wrong there, one example of each.
  private static final class Atlas {
    private final List<Migration> documents;
    private final Map<Integer, Build> builds = new HashMap<>();
    private final List<Told> wishes = new ArrayList<>();
    private final Map<String, Map<String, Map<String, AttributeValue>>> known = new HashMap<>();
    private final ArrayDeque<String> ahead = new ArrayDeque<>();
    private final Map<String, String> faults = new LinkedHashMap<>();

    Atlas(List<Migration> documents, boolean isFinalising) {
      this.documents = documents;
      int levels = documents.size() + 1;
      for (int own = 1; own <= levels; own++) {
        tell(own, Dir.EXPAND, own, false, false);
        for (int target = 1; target <= levels; target++) {
          tell(own, Dir.BACK, target, false, false);
          if (target == own || own == levels) {
            tell(own, Dir.SETTLE, target, false, false);
            tell(own, Dir.BACK, target, true, false);
          }
          if (isFinalising && target > 1) {
            tell(own, Dir.FINALISE, target, false, false);
            tell(own, Dir.FINALISE, target, false, true);
          }
        }
      }
    }

    private void tell(int own, Dir dir, int target, boolean isLossy, boolean isLater) {
      wishes.add(new Told(own, new Wish(dir, target, "request", isLossy, true), isLater));
    }

    Map<String, String> faults() {
      var nothing = new TreeMap<String, Map<String, AttributeValue>>();
      known.put(name(MetaInMemory.known(nothing)), nothing);
      ahead.addAll(known.keySet());
      while (!ahead.isEmpty()) {
        var state = Objects.requireNonNull(known.get(ahead.poll()));
        for (var told : wishes) {
          try {
            isAsWished(state, told);
            isBlockedWithARemedy(state, told);
            waitsWhilePaused(state, told);
          } catch (RuntimeException failure) {
            fault(state, told, failure.toString());
          }
        }
      }
      return faults;
    }

    private void isAsWished(Map<String, Map<String, AttributeValue>> state, Told told) {
      var data = new MetaInMemory(state, told.at(), true);
      var progress = pursue(data, told, told.wish());
      switch (progress) {
        case Progress.Done _ -> isThere(state, told, data);
        case Progress.Refused(var reason) -> {
          if (!data.items().equals(state)) {
            fault(state, told, "refused, and something was touched: " + reason);
          }
          if (!mayRefuse(state, told, reason)) {
            fault(state, told, "refused: " + reason);
          }
        }
        case Progress.Going _, Progress.Blocked _ -> fault(state, told, progress.toString());
      }
    }

    private void isBlockedWithARemedy(Map<String, Map<String, AttributeValue>> state, Told told) {
      var data = new MetaInMemory(state, told.at(), false);
      if (pursue(data, told, told.wish()) instanceof Progress.Blocked) {
        var blocked = data.items();
        isAsWished(blocked, told);
        var entry =
            MetaInMemory.known(blocked).ledger().current(MetaInMemory.known(blocked).head());
        var head = MetaInMemory.known(blocked).head();
        if (head.working() != Phase.STEADY) {
          var back = new Wish(Dir.BACK, entry.orElseThrow().from(), "back", true, true);
          isAsWished(blocked, new Told(told.own(), back, false));
        }
      }
    }

    private void waitsWhilePaused(Map<String, Map<String, AttributeValue>> state, Told told) {
      if (!state.containsKey(RawItems.SCHEMA)) {
        return;
      }
      var paused = new MetaInMemory(with(state, true), told.at(), true);
      var progress = pursue(paused, told, told.wish());
      if (progress instanceof Progress.Going) {
        var data = new MetaInMemory(with(paused.items(), false), told.at(), true);
        isThere(state, told, data);
      }
    }

    private static Map<String, Map<String, AttributeValue>> with(
        Map<String, Map<String, AttributeValue>> state, boolean isPaused) {
      var paused = new TreeMap<>(state);
      var schema = new HashMap<>(state.getOrDefault(RawItems.SCHEMA, Map.of()));
      schema.put(Meta.PAUSED, AttributeValue.fromBool(true));
      if (!isPaused) {
        schema.remove(Meta.PAUSED);
      }
      paused.put(RawItems.SCHEMA, schema);
      return paused;
    }

    /// With the ticks that follow.
    private void isThere(
        Map<String, Map<String, AttributeValue>> state, Told told, MetaInMemory data) {
      var intent = Wish.of(data.known().head());
      if (intent.isPresent()) {
        var progress = pursue(data, told, intent.get());
        if (!(progress instanceof Progress.Done)) {
          fault(state, told, "the ticks after it end otherwise: " + progress);
          return;
        }
      }
      if (!isWished(data.known(), told.wish())) {
        fault(state, told, "done, and not as wished in the phase " + data.known().head().phase());
      }
    }

    private Progress pursue(MetaInMemory data, Told told, Wish wish) {
      var progress = new Pursuit(data, build(told.own()), Timing.CLOUD).of(wish);
      for (var next : data.past()) {
        var meta = MetaInMemory.known(next);
        var refusal = meta.refusal(new Release("0.1.0", 1, 1));
        if (refusal.isPresent()) {
          fault(next, told, refusal.get());
        } else if (known.putIfAbsent(name(meta), next) == null) {
          ahead.add(name(meta));
        }
      }
      return progress;
    }

    private static boolean isWished(Known known, Wish wish) {
      var head = known.head();
      var schema = head.schema();
      var isBorne = head.bounds().bear(wish.target()) && schema.writeLevel() <= wish.target();
      if (head.isAt(Phase.EXPANDED)) {
        return wish.dir() == Dir.EXPAND
            && head.intent() != null
            && head.intent().dir() == Dir.EXPAND
            && isBorne;
      }
      if (!head.isAt(Phase.STEADY) || head.intent() != null) {
        return false;
      }
      return switch (wish.dir()) {
        case EXPAND -> isBorne;
        case SETTLE ->
            isBorne && (schema.level() > wish.target() || schema.writeLevel() == wish.target());
        case BACK -> isBorne && schema.level() <= wish.target();
        case FINALISE ->
            known.ledger().entries().stream()
                .filter(entry -> entry.to() <= wish.target())
                .filter(entry -> entry.state().isInTheData() || entry.to() > schema.level())
                .allMatch(entry -> entry.stamps().finalised() != null);
      };
    }

    private boolean mayRefuse(
        Map<String, Map<String, AttributeValue>> state, Told told, String reason) {
      var meta = MetaInMemory.known(state);
      var wish = told.wish();
      var isAtRest = meta.head().working() == Phase.STEADY;
      Predicate<Predicate<Entry>> hasAbove =
          which -> meta.ledger().above(wish.target()).stream().anyMatch(which);
      if (wish.dir() == Dir.FINALISE) {
        return reason.contains("at rest") != isAtRest
            && (!isAtRest || reason.contains("days") || reason.contains("may be serving"));
      }
      if (reason.contains("No migration of release")) {
        return wish.target() > told.own();
      }
      if (reason.contains("is final")) {
        return hasAbove.test(entry -> entry.state().isFinal());
      }
      if (reason.contains("loses something")) {
        return !wish.lossy()
            && hasAbove.test(entry -> document(entry).loss().down() == Loss.Down.LOSSY);
      }
      return reason.contains("`apply`") && wish.dir() == Dir.BACK && !isAtRest;
    }

    private Migration document(Entry entry) {
      return documents.stream()
          .filter(each -> each.id().equals(entry.id()))
          .findFirst()
          .orElseThrow();
    }

    private Build build(int own) {
      return builds.computeIfAbsent(
          own,
          level ->
              new Build(
                  new Release("0.%d.0".formatted(level), level, 1),
                  documents.stream().filter(document -> document.to() <= level).toList(),
                  Policy.USUAL));
    }

    private void fault(Map<String, Map<String, AttributeValue>> state, Told told, String what) {
      faults.putIfAbsent(what, told + ", where META says " + name(MetaInMemory.known(state)));
    }

    /// What is decided by, without times, generations and the names of requests.
    private static String name(Known meta) {
      var head = meta.head();
      var intent = head.intent();
      var name = new StringBuilder();
      name.append(head.schema());
      if (intent != null) {
        name.append(", wanted ").append(intent.dir()).append(' ').append(intent.id());
        name.append(" to ").append(intent.target()).append(intent.lossy() ? " lossy" : "");
      }
      if (head.trouble() != null) {
        name.append(", blocked in ").append(head.trouble().was());
      }
      for (var entry : meta.ledger().entries()) {
        name.append(", ").append(entry.id()).append(' ').append(entry.state());
        name.append(' ').append(entry.origin().bounds());
        name.append(entry.origin().lossAck() ? " agreed" : "");
        name.append(entry.stamps().finalised() == null ? "" : " gone");
      }
      return name.toString();
    }
  }
}
