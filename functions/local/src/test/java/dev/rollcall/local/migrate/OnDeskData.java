package dev.rollcall.local.migrate;

import static java.util.stream.Collectors.toMap;

import dev.rollcall.local.LocalData;
import dev.rollcall.local.LocalTables;
import dev.rollcall.local.command.Ran;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import dev.rollcall.testing.Items;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each test begins with data that the local service has made, and may use the documents of a newer
/// release.
abstract class OnDeskData {
  private static final Path OWN = Path.of("..", "..", "schema-migrations");
  private static final Path NEWER = Path.of("src", "test", "resources", "newer-release");

  @TempDir private static Path made;

  @TempDir Path work;
  Path data = Path.of("");
  Path newer = Path.of("");

  @BeforeAll
  static void make() {
    LocalData.make(made);
  }

  @BeforeEach
  void lay_out() throws IOException {
    data = copied(made, work.resolve("data"));
    newer = copied(OWN, work.resolve("newer"));
    copied(NEWER, newer);
    Files.delete(newer.resolve("migrations.lock"));
  }

  Ran run(String... arguments) {
    return typing("", arguments);
  }

  Ran typing(String typed, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return Ran.typing(typed, terminal -> new Migrate(terminal, "anna").run(all));
  }

  static JsonNode json(Ran ran) {
    return new JsonMapper().readTree(ran.out());
  }

  /// The items as releases see them, by their keys.
  Map<String, Map<String, AttributeValue>> items() {
    try (var tables = LocalTables.open(data)) {
      return Items.in(tables.client("test"), LocalTables.TABLES.state()).stream()
          .filter(item -> !key(item).startsWith(RawItems.META) && !key(item).contains("ATTIC#"))
          .collect(toMap(OnDeskData::key, OnDeskData::visible, (one, _) -> one, TreeMap::new));
    }
  }

  static String key(Map<String, AttributeValue> item) {
    return Items.value(item, RawItems.PK).s() + " " + Items.value(item, RawItems.SK).s();
  }

  static Map<String, AttributeValue> visible(Map<String, AttributeValue> item) {
    var visible = new HashMap<>(item);
    visible
        .keySet()
        .removeIf(name -> name.startsWith("~") || name.equals("_g") || name.equals(RawItems.REV));
    return visible;
  }

  static List<Map<String, AttributeValue>> with(
      String attribute, Map<String, Map<String, AttributeValue>> items) {
    return items.values().stream().filter(item -> item.containsKey(attribute)).toList();
  }

  List<String> values(String attribute) {
    return with(attribute, items()).stream()
        .map(item -> Items.value(item, attribute))
        .map(value -> value.s() == null ? value.n() : value.s())
        .toList();
  }

  static Path copied(Path from, Path to) {
    try (var files = Files.list(from)) {
      Files.createDirectories(to);
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
      return to;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A release to come says something else of the data.
  void say(String attribute, AttributeValue value) {
    try (var tables = LocalTables.open(data)) {
      var raw = new RawItems(tables.client("test"), LocalTables.TABLES);
      var item = new HashMap<>(raw.query(RawItems.META, RawItems.SCHEMA).getFirst());
      item.put(attribute, value);
      raw.write(new RawWrite.Put(item, RawWrite.Only.EXISTING));
    }
  }
}
