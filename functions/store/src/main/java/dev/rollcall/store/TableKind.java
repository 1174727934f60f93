package dev.rollcall.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Tells whether a table that somebody names is one of the two. It only reads.
public enum TableKind {
  STATE,
  LOG;

  /// So many items say what a table holds.
  private static final int SAMPLE = 25;

  /// Why the table that `tables` names cannot be this one, as a sentence with what helps; empty
  /// when it can.
  public Optional<String> objection(DynamoDbClient client, Tables tables) {
    var name = this == STATE ? tables.state() : tables.log();
    TableDescription found;
    try {
      found = client.describeTable(describe -> describe.tableName(name)).table();
    } catch (ResourceNotFoundException none) {
      return Optional.of(
          "There is no table %s in this account and region. See that its name is right, and that it was restored here."
              .formatted(name));
    }
    if (found.tableStatus() != TableStatus.ACTIVE) {
      return Optional.of(
          "The table %s is %s and not yet ACTIVE. Wait until it is, and deploy again."
              .formatted(name, found.tableStatusAsString()));
    }
    return misfit(found, this == STATE ? tables.stateTable() : tables.logTable())
        .or(() -> strangers(client, name))
        .map(reason ->
            "The table %s is not Rollcall's %s table: %s. Give the one that is, or leave the parameter empty for a new one."
                .formatted(name, this == STATE ? "state" : "log", reason));
  }

  private static Optional<String> misfit(TableDescription found, CreateTableRequest expected) {
    if (!found.keySchema().equals(expected.keySchema())) {
      return Optional.of("its key is another");
    }
    var types = Set.copyOf(found.attributeDefinitions());
    var missing =
        expected.globalSecondaryIndexes().stream()
            .filter(index -> found.globalSecondaryIndexes().stream().noneMatch(is(index)))
            .map(GlobalSecondaryIndex::indexName)
            .toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          "it lacks the index %s; restore it with its indexes"
              .formatted(String.join(", ", missing)));
    }
    return types.containsAll(expected.attributeDefinitions())
        ? Optional.empty()
        : Optional.of("the types of its keys are others: " + names(expected));
  }

  private static Predicate<GlobalSecondaryIndexDescription> is(GlobalSecondaryIndex index) {
    return found ->
        index.indexName().equals(found.indexName())
            && index.keySchema().equals(found.keySchema())
            && (found.indexStatus() == null || found.indexStatus() == IndexStatus.ACTIVE);
  }

  private static String names(CreateTableRequest expected) {
    return expected.attributeDefinitions().stream()
        .map(AttributeDefinition::attributeName)
        .collect(Collectors.joining(", "));
  }

  /// How partition keys begin, up to the `#`.
  private Set<String> prefixes() {
    return switch (this) {
      case STATE ->
          Set.of(Keys.META, "CHECK", "PROJECT", "CHANNEL", "APIKEY", "PINGKEY", "BADGE", "UNIQUE");
      case LOG -> Set.of("CHECK", "INBOX", "CLAIM", "MAIL", "FAILED");
    };
  }

  /// A log may be empty; a state table that is has no data to serve.
  private Optional<String> strangers(DynamoDbClient client, String name) {
    var sample =
        client
            .scan(scan -> scan.tableName(name).limit(SAMPLE).consistentRead(true))
            .items()
            .stream()
            .map(item -> Row.of(item).text(Keys.PK).split("#", 2)[0])
            .distinct()
            .sorted()
            .toList();
    if (sample.isEmpty()) {
      return this == STATE ? Optional.of("it is empty") : Optional.empty();
    }
    var others = sample.stream().filter(prefix -> !prefixes().contains(prefix)).toList();
    return others.isEmpty() ? Optional.empty() : Optional.of("it holds " + few(others));
  }

  private static String few(List<String> words) {
    return Stream.concat(
            words.stream().limit(3), words.size() > 3 ? Stream.of("more") : Stream.of())
        .map(word -> word.length() <= 20 ? word : word.substring(0, 20) + "…")
        .collect(Collectors.joining(", "));
  }
}
