package dev.rollcall.migrate.deploy;

import dev.rollcall.store.Tables;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Which requests were begun and what was answered, so that a request that comes twice is answered
/// alike, and one that comes late does not undo what a later one did. They stay: a few hundred
/// bytes a deployment.
final class Requests {
  static final String META = "META";
  static final String REQUEST_PREFIX = "REQUEST#";
  static final String LATEST_PREFIX = "LATEST#";
  static final String REQUEST = "request";
  static final String RESOURCE = "resource";
  static final String IDENTITY = "identity";
  static final String STACK = "stack";
  static final String ON_OLDER_RELEASE = "onOlderRelease";
  static final String LOSSY = "allowLossyRollback";
  static final String BEGUN_AT = "begunAt";
  static final String STATUS = "status";
  static final String STATE = "state";
  static final String REASON = "reason";

  private final DynamoDbClient dynamo;
  private final String table;

  Requests(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.table = tables.state();
  }

  /// Where a request stands.
  sealed interface Standing {

    /// It is to be worked on.
    record Open() implements Standing {}

    /// It was answered.
    record Answered(Answer answer) implements Standing {}

    /// It was begun, never answered, and another one was begun since. Nobody waits for it any more.
    record Overtaken() implements Standing {}
  }

  /// Notes that work on a request begins.
  ///
  /// @param line what overtakes each other: `schema` or `site`
  Standing begin(Request request, String line, Instant now) {
    try {
      dynamo.transactWriteItems(write ->
          write.transactItems(
              TransactWriteItem.builder()
                  .put(
                      Put.builder()
                          .tableName(table)
                          .item(begun(request, now))
                          .conditionExpression("attribute_not_exists(pk)")
                          .build())
                  .build(),
              TransactWriteItem.builder()
                  .put(Put.builder().tableName(table).item(latest(request, line)).build())
                  .build()));
      return new Standing.Open();
    } catch (TransactionCanceledException refused) {
      if (!isKnown(refused)) {
        throw refused;
      }
    }
    var known = read(REQUEST_PREFIX + request.identity());
    if (known.containsKey(STATUS)) {
      return new Standing.Answered(answer(known));
    }
    return isLatest(request, line) ? new Standing.Open() : new Standing.Overtaken();
  }

  /// Whether no other request of its line has begun since.
  boolean isLatest(Request request, String line) {
    return text(read(LATEST_PREFIX + line), IDENTITY).equals(request.identity());
  }

  /// Which stack asked last, and what its operator allows.
  ///
  /// @param policy its properties
  record Latest(String stack, Map<String, String> policy) {}

  Optional<Latest> latest(String line) {
    var item = read(LATEST_PREFIX + line);
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Latest(
                text(item, STACK),
                Map.of(
                    Terms.ON_OLDER, text(item, ON_OLDER_RELEASE),
                    Terms.LOSSY, text(item, LOSSY))));
  }

  /// Notes an answer before it is given, if work on the request was begun.
  ///
  /// @return what to answer: what was noted first
  Answer conclude(Request request, Answer answer) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":status", AttributeValue.fromS(answer.status()));
    values.put(":state", AttributeValue.fromS(answer.state()));
    values.put(":reason", AttributeValue.fromS(answer.reason()));
    try {
      dynamo.updateItem(update ->
          update
              .tableName(table)
              .key(key(REQUEST_PREFIX + request.identity()))
              .updateExpression("SET #status = :status, #state = :state, #reason = :reason")
              .conditionExpression("attribute_exists(pk) AND attribute_not_exists(#status)")
              .expressionAttributeNames(
                  Map.of("#status", STATUS, "#state", STATE, "#reason", REASON))
              .expressionAttributeValues(values));
      return answer;
    } catch (ConditionalCheckFailedException notOpen) {
      var known = read(REQUEST_PREFIX + request.identity());
      return known.containsKey(STATUS) ? answer(known) : answer;
    }
  }

  /// The first write of the two was refused by its condition, and for no other reason.
  private static boolean isKnown(TransactionCanceledException refused) {
    var reasons = refused.cancellationReasons();
    return !reasons.isEmpty() && "ConditionalCheckFailed".equals(reasons.getFirst().code());
  }

  private static Map<String, AttributeValue> begun(Request request, Instant now) {
    var item = new HashMap<>(key(REQUEST_PREFIX + request.identity()));
    item.put(REQUEST, AttributeValue.fromS(request.id()));
    item.put(RESOURCE, AttributeValue.fromS(request.resource()));
    item.put(
        BEGUN_AT,
        AttributeValue.fromN(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, now))));
    return item;
  }

  private static Map<String, AttributeValue> latest(Request request, String line) {
    var item = new HashMap<>(key(LATEST_PREFIX + line));
    item.put(IDENTITY, AttributeValue.fromS(request.identity()));
    item.put(STACK, AttributeValue.fromS(request.stack()));
    var given = request.properties();
    item.put(ON_OLDER_RELEASE, AttributeValue.fromS(given.getOrDefault(Terms.ON_OLDER, "")));
    item.put(LOSSY, AttributeValue.fromS(given.getOrDefault(Terms.LOSSY, "")));
    return item;
  }

  private static Answer answer(Map<String, AttributeValue> item) {
    return new Answer(
        Answer.SUCCESS.equals(text(item, STATUS)), text(item, STATE), text(item, REASON));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }

  private Map<String, AttributeValue> read(String sk) {
    return dynamo.getItem(get -> get.tableName(table).key(key(sk)).consistentRead(true)).item();
  }

  private static Map<String, AttributeValue> key(String sk) {
    return Map.of("pk", AttributeValue.fromS(META), "sk", AttributeValue.fromS(sk));
  }
}
