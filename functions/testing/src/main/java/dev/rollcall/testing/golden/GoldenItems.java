package dev.rollcall.testing.golden;

import static java.util.stream.Collectors.joining;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Stores;
import dev.rollcall.store.Tables;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.TablesInMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// The items of a [Chronicle], as they lie in the tables: sorted by key, in DynamoDB's JSON.
///
/// @param state the items of the state table
/// @param log the items of the log table
public record GoldenItems(
    List<Map<String, AttributeValue>> state, List<Map<String, AttributeValue>> log) {
  private static final ObjectMapper JSON = JsonMapper.shared();

  public GoldenItems {
    state = List.copyOf(state);
    log = List.copyOf(log);
  }

  /// What a release wrote.
  ///
  /// @throws IllegalArgumentException when no items of it are kept
  public static GoldenItems of(String release) {
    try (var file = GoldenItems.class.getResourceAsStream("/golden/" + release + ".json")) {
      if (file == null) {
        throw new IllegalArgumentException("no items are kept of release " + release);
      }
      var json = JSON.readTree(file);
      return new GoldenItems(items(json.path("state")), items(json.path("log")));
    } catch (IOException | JacksonException unreadable) {
      throw new IllegalStateException("the items of release " + release, unreadable);
    }
  }

  /// What this release writes when the data has its level.
  public static GoldenItems written() {
    return written(Release.THIS.level());
  }

  /// What this release writes when everybody is to write in this level. What the data says of
  /// itself is left out: no store writes that.
  public static GoldenItems written(int level) {
    try (var memory = new TablesInMemory()) {
      var schema = RawItems.item(new Schema(level, level, 1, 1, Schema.Phase.STEADY));
      memory.client().putItem(put -> put.tableName(memory.tables().state()).item(schema));
      Chronicle.write(Stores.of(memory.client(), memory.tables()));
      var all = in(memory.client(), memory.tables());
      return new GoldenItems(
          all.state().stream().filter(item -> !Items.value(item, "pk").s().equals("META")).toList(),
          all.log());
    }
  }

  /// All that is in these tables.
  public static GoldenItems in(DynamoDbClient client, Tables tables) {
    return new GoldenItems(
        sorted(Items.in(client, tables.state())), sorted(Items.in(client, tables.log())));
  }

  /// Puts them into tables.
  public void putInto(DynamoDbClient client, Tables tables) {
    state.forEach(item -> client.putItem(put -> put.tableName(tables.state()).item(item)));
    log.forEach(item -> client.putItem(put -> put.tableName(tables.log()).item(item)));
  }

  /// As the file of a release has it: an item a line.
  public String json() {
    return "{\"state\": [\n" + lines(state) + "\n],\n\"log\": [\n" + lines(log) + "\n]}\n";
  }

  private static String lines(List<Map<String, AttributeValue>> items) {
    return items.stream()
        .map(GoldenItems::tree)
        .map(JSON::writeValueAsString)
        .collect(joining(",\n"));
  }

  private static List<Map<String, AttributeValue>> sorted(List<Map<String, AttributeValue>> items) {
    return items.stream()
        .sorted(
            Comparator.comparing((Map<String, AttributeValue> item) -> Items.value(item, "pk").s())
                .thenComparing(item -> Items.value(item, "sk").s()))
        .toList();
  }

  private static Map<String, Object> tree(Map<String, AttributeValue> attributes) {
    var tree = new TreeMap<String, Object>();
    attributes.forEach((name, value) -> tree.put(name, tree(value)));
    return tree;
  }

  private static Map<String, Object> tree(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case BOOL -> Map.of("BOOL", value.bool());
      case B -> Map.of("B", Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe()));
      case SS -> Map.of("SS", new TreeSet<>(value.ss()));
      case M -> Map.of("M", tree(value.m()));
      case L -> Map.of("L", value.l().stream().map(GoldenItems::tree).toList());
      case NS, BS, NUL, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("no release stores a " + value.type());
    };
  }

  private static List<Map<String, AttributeValue>> items(JsonNode array) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    array.forEach(item -> items.add(attributes(item)));
    return items;
  }

  private static Map<String, AttributeValue> attributes(JsonNode object) {
    var attributes = new HashMap<String, AttributeValue>();
    object.properties().forEach(each -> attributes.put(each.getKey(), value(each.getValue())));
    return attributes;
  }

  private static AttributeValue value(JsonNode typed) {
    var type = typed.propertyNames().iterator().next();
    var value = typed.path(type);
    return switch (type) {
      case "S" -> AttributeValue.fromS(value.stringValue());
      case "N" -> AttributeValue.fromN(value.stringValue());
      case "BOOL" -> AttributeValue.fromBool(value.booleanValue());
      case "B" ->
          AttributeValue.fromB(
              SdkBytes.fromByteArray(Base64.getDecoder().decode(value.stringValue())));
      case "SS" ->
          AttributeValue.fromSs(value.valueStream().map(JsonNode::stringValue).sorted().toList());
      case "M" -> AttributeValue.fromM(attributes(value));
      case "L" -> AttributeValue.fromL(value.valueStream().map(GoldenItems::value).toList());
      default -> throw new IllegalArgumentException("no release stores a " + type);
    };
  }
}
