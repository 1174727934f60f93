package dev.rollcall.migrate.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Runs a document's examples. What they say is compared; so is what they leave unsaid: each way up
/// leads back, and comes out the same in one step as in two.
///
/// @param migration the document
record Rehearsal(Migration migration) {

  /// What a generator would have made; examples say `@any`.
  private static final Source SOME =
      new Source() {
        @Override
        public String uuid4() {
          return "00000000-0000-4000-8000-000000000000";
        }

        @Override
        public String hex32() {
          return "0".repeat(32);
        }
      };

  List<Disagreement> run() {
    var disagreements = new ArrayList<Disagreement>();
    for (var example : migration.examples()) {
      differences(example).stream()
          .map(difference -> new Disagreement(example.line(), difference))
          .forEach(disagreements::add);
    }
    return disagreements;
  }

  private List<String> differences(Example example) {
    try {
      return switch (example.direction()) {
        case UP -> up(example);
        case DOWN -> {
          var born = Trial.of(item(example, migration.match(), migration.to()));
          yield compare("down", born.back(migration).item(), example.out());
        }
      };
    } catch (IllegalStateException refused) {
      return List.of("the item cannot be changed: " + refused.getMessage());
    }
  }

  private List<String> up(Example example) {
    var before = Trial.of(item(example, migration.match(), migration.match().version()));
    var after = before.settled(migration, SOME);
    var differences = new ArrayList<>(compare("up", after.item(), example.out()));
    var inTwo = before.expanded(migration, SOME).settled(migration, SOME);
    differences.addAll(compare("up, in two steps", inTwo.item(), present(after.item())));
    differences.addAll(
        compare("up and down again", after.back(migration).item(), present(example.in())));
    return differences;
  }

  private static Map<String, AttributeValue> item(Example example, Match match, int version) {
    var item = new HashMap<String, AttributeValue>();
    item.put(Key.PK, AttributeValue.fromS(match.pkPrefix() + "example"));
    item.put(Key.SK, AttributeValue.fromS(match.sk().replace("*", "example")));
    item.putAll(example.in());
    item.put(Marks.VERSION, AttributeValue.fromN(Integer.toString(version)));
    return item;
  }

  private static Map<String, Optional<AttributeValue>> present(Map<String, AttributeValue> item) {
    var present = new HashMap<String, Optional<AttributeValue>>();
    item.forEach((name, value) -> present.put(name, Optional.of(value)));
    return present;
  }

  /// Keys are compared where they are given, and what migrations write for themselves never is.
  private static List<String> compare(
      String way, Map<String, AttributeValue> item, Map<String, Optional<AttributeValue>> out) {
    var differences = new ArrayList<String>();
    var names = new TreeSet<>(item.keySet());
    names.removeAll(List.of(Key.PK, Key.SK));
    names.addAll(out.keySet());
    names.removeIf(name -> name.startsWith("_") || name.startsWith(Marks.PREFIX));
    for (var name : names) {
      var value = item.get(name);
      var wanted = out.get(name);
      var agree = wanted == null ? value == null : agrees(value, wanted);
      if (!agree) {
        differences.add(
            "%s: `%s` is %s, and the example says %s"
                .formatted(
                    way,
                    name,
                    value == null ? "missing" : Canonical.of(Attributes.write(value)),
                    wanted == null
                        ? "that it is missing"
                        : wanted.map(Attributes::write).map(Canonical::of).orElse("any value")));
      }
    }
    return differences;
  }

  private static boolean agrees(@Nullable AttributeValue value, Optional<AttributeValue> wanted) {
    return value != null && (wanted.isEmpty() || Values.same(wanted.get(), value));
  }
}
