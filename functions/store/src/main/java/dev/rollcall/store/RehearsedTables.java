package dev.rollcall.store;

import static java.util.stream.Collectors.toMap;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Tally;
import dev.rollcall.core.json.Json;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Tables for a rehearsal: what DynamoDB would answer if they held one check that is up, and the
/// key of its project. Nothing is kept, so that every call finds them as they were.
///
/// Answers are in [DynamoDB's
/// JSON](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html),
/// and items as this release writes them: reading them takes the way that it takes every day.
public final class RehearsedTables {

  /// Nobody's: real ids and keys are random.
  public static final CheckId CHECK = new CheckId(new UUID(0, 0));

  public static final String API_KEY = "0".repeat(32);

  private static final ProjectId PROJECT = new ProjectId(new UUID(0, 0));

  private final Tables tables;
  private final Map<String, AttributeValue> hot;
  private final List<Map<String, AttributeValue>> items;

  /// @param now when the check was last heard of
  public RehearsedTables(Tables tables, Instant now) {
    this.tables = tables;
    hot = hot(now);
    items = List.of(hot, detail(now), key(now));
  }

  /// The answer to a call, or empty when none such is rehearsed.
  ///
  /// @param operation by DynamoDB's name, such as `GetItem`
  /// @param request in DynamoDB's JSON
  public Optional<String> answer(String operation, String request) {
    return switch (operation) {
      case "GetItem" ->
          answer(named(request, Keys.PK, Keys.SK).findFirst().map(item -> Map.of("Item", item)));
      case "BatchGetItem" -> answer(Map.of("Responses", Map.of(tables.state(), keyed(request))));
      case "Query" -> answer(Map.of("Items", found(request)));
      case "UpdateItem" -> answer(Map.of("Attributes", wire(hot)));
      case "PutItem" -> answer(Map.of());
      default -> Optional.empty();
    };
  }

  private static Optional<String> answer(Optional<? extends Map<String, ?>> content) {
    return answer(content.isPresent() ? content.get() : Map.of());
  }

  private static Optional<String> answer(Map<String, ?> content) {
    return Optional.of(Json.write(content));
  }

  private List<Map<String, ?>> keyed(String request) {
    return named(request, Keys.PK, Keys.SK).toList();
  }

  /// Nothing is in the log. What is in the state table is found by its key, or by its parent.
  private List<Map<String, ?>> found(String request) {
    return request.contains(quoted(tables.log()))
        ? List.of()
        : Stream.concat(named(request, Keys.PK), named(request, Keys.PARENT)).toList();
  }

  /// The items whose values of these attributes the request names.
  private Stream<Map<String, ?>> named(String request, String... attributes) {
    return items.stream()
        .filter(item ->
            Stream.of(attributes)
                .allMatch(name -> request.contains(quoted(Row.of(item).textOrEmpty(name)))))
        .map(RehearsedTables::wire);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /// A minute of grace brings the deadline of a run within reach of a look.
  private static Map<String, AttributeValue> hot(Instant now) {
    var check =
        new Check(
            CHECK,
            PROJECT,
            new Every(Duration.ofDays(1)),
            Duration.ofMinutes(1),
            Rules.NONE,
            new State.Up(now),
            null,
            null,
            1,
            1,
            Tally.NONE);
    return CheckRow.write(new CheckItem(check, 1, check.deadline().orElseThrow(), List.of(), null));
  }

  private static Map<String, AttributeValue> detail(Instant now) {
    var details =
        new Details(
            CHECK,
            "Nightly backup",
            "nightly-backup",
            "prod db",
            "Dumps the database.",
            ZoneOffset.UTC,
            Keywords.NONE,
            false,
            false,
            new TreeSet<>(),
            new UUID(0, 0),
            now);
    return DetailRow.write(PROJECT, details, 1);
  }

  /// Without a parent: a list of checks would find it.
  private static Map<String, AttributeValue> key(Instant now) {
    var prefix = API_KEY.substring(0, ApiKey.PREFIX_LENGTH);
    var row =
        ProjectStore.write(API_KEY, new ApiKey(PROJECT, ApiKey.Access.READ_WRITE, prefix, now));
    return row.entrySet().stream()
        .filter(attribute -> !attribute.getKey().equals(Keys.PARENT))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, ?> wire(Map<String, AttributeValue> attributes) {
    return attributes.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, attribute -> wire(attribute.getValue())));
  }

  private static Map<String, ?> wire(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case M -> Map.of("M", wire(value.m()));
      default -> throw new IllegalArgumentException("in none of these items: " + value.type());
    };
  }
}
