package dev.rollcall.migrate.engine;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.rollcall.core.schema.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Each test begins with the data as release 0.1.0 leaves it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnData {
  final World world = new World();

  @AfterAll
  void close() {
    world.close();
  }

  @BeforeEach
  void begin() {
    world.reset();
    world.policy = Policy.USUAL;
    world.timing = Timing.CLOUD;
    world.readsFrom = 1;
  }

  static Schema schema(
      int level, int writeLevel, int minReader, int minWriter, Schema.Phase phase) {
    return new Schema(level, writeLevel, minReader, minWriter, phase);
  }

  static String refusal(Progress progress) {
    return progress instanceof Progress.Refused(var reason) ? reason : "not refused: " + progress;
  }

  static Predicate<Map<String, AttributeValue>> has(String attribute) {
    return item -> item.containsKey(attribute);
  }

  List<Map<String, AttributeValue>> of(String prefix) {
    return world.items().stream().filter(item -> World.key(item).startsWith(prefix)).toList();
  }

  List<Map<String, AttributeValue>> channels() {
    return of("CHANNEL#");
  }

  Entry entry(String id) {
    return world.meta().known().ledger().entry(id).orElseThrow();
  }

  /// A channel as release 0.1.0 makes them.
  void olderChannel(String pk) {
    var older = new HashMap<>(channels().getFirst());
    older
        .keySet()
        .removeIf(
            name -> name.startsWith("~") || name.equals("secret") || name.equals(Meta.GENERATION));
    older.put("pk", fromS(pk));
    older.put("_v", fromN("1"));
    world.put(older);
  }
}
