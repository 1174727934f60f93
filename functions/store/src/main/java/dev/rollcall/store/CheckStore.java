package dev.rollcall.store;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The hot items: what becomes of checks, written so that no race and no crash loses anything.
///
/// - Every write is one conditional update of one item, and raises its `rev`.
/// - Every write but the fast path holds only for the `rev` that it was thought out for. Whoever
///   loses reads the item that won and takes the step again.
/// - A flip is written in the same update as the state that it leads to, and stays with the check
///   until somebody says that it is [told][#told]. While there is one, the check is due at most
///   [#RETELL] later.
/// - The instant in the due index is never later than the true deadline, and is moved only when the
///   deadline comes nearer or the sweep reaches it.
public final class CheckStore {

  /// After how long the sweep sends an untold flip again.
  public static final Duration RETELL = Duration.ofSeconds(60);

  /// How often a step is taken anew before the race is given up. Every loss is somebody else's
  /// success, so this many losses mean as many writes to one check within milliseconds.
  private static final int TRIES = 200;

  private final Dynamo dynamo;
  private final SchemaView schema;

  public CheckStore(DynamoDbClient client, Tables tables) {
    this(client, tables, SchemaView.of(client, tables));
  }

  /// @param schema asked when an item is newer than this release
  public CheckStore(DynamoDbClient client, Tables tables, SchemaView schema) {
    dynamo = new Dynamo(client, tables.state());
    this.schema = schema;
  }

  /// The check as it stands, strongly consistent.
  ///
  /// @throws UnreadableItem when this release cannot read it
  public Optional<CheckItem> find(CheckId id) {
    return dynamo.read(Keys.hot(id)).map(this::read);
  }

  /// Those of these checks that exist, in the given order, strongly consistent.
  public List<CheckItem> findAll(List<CheckId> ids) {
    var found =
        dynamo.readAll(ids.stream().distinct().map(Keys::hot).toList()).stream()
            .map(this::read)
            .collect(toMap(item -> item.check().id(), Function.identity()));
    return ids.stream().distinct().flatMap(id -> Stream.ofNullable(found.get(id))).toList();
  }

  /// Counts a success without looking, if that is all there is to do: the check is up, before its
  /// deadline, without a run or rules, and not pinged later than `now`. One call, one write unit;
  /// no index is touched.
  ///
  /// @param request names this ping. A retry of a request whose answer was lost finds its own name
  ///   and counts nothing
  public Counted countSuccess(CheckId id, Instant now, String request) {
    try {
      var response =
          dynamo
              .client()
              .updateItem(
                  UpdateItemRequest.builder()
                      .tableName(dynamo.table())
                      .key(Keys.hot(id))
                      .updateExpression(FastPath.UPDATE)
                      .conditionExpression(FastPath.CONDITION)
                      .expressionAttributeNames(FastPath.NAMES)
                      .expressionAttributeValues(FastPath.values(now, request))
                      // `keep` stays as it is, and may be missing from the updated attributes.
                      .returnValues(ReturnValue.ALL_NEW)
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD)
                      .build());
      var row = Row.of(response.attributes());
      return new Counted.Healthy(
          row.number(CheckRow.PINGS), Duration.ofDays(row.number(CheckRow.KEEP)));
    } catch (ConditionalCheckFailedException refused) {
      if (!refused.hasItem() || refused.item().isEmpty()) {
        return new Counted.Unknown();
      }
      return new Counted.Undecided(read(refused.item()));
    }
  }

  /// Takes `step` from `item` and stores what follows from it, taking it anew from the item that
  /// won whenever another write came first. A step that changes nothing writes nothing.
  ///
  /// @param request names the ping behind the step; if the check has heard it already, no step is
  ///   taken
  /// @throws Contended when this write lost [#TRIES] races
  public Saved save(CheckItem item, String request, Instant now, Function<Check, Step> step) {
    return race(item, request, now, step);
  }

  /// As the other [#save], for a step that no ping is behind.
  public Saved save(CheckItem item, Instant now, Function<Check, Step> step) {
    return race(item, null, now, step);
  }

  /// As [#told(CheckId, List)], of one flip.
  public void told(CheckId id, long number) {
    told(id, List.of(number));
  }

  /// The most flips that can be taken over at once.
  public static final int MOST_TOLD = 100;

  /// Says that somebody has taken over these flips: the check need not keep them. Safe to say
  /// again.
  ///
  /// @param numbers in any order, 1 to [#MOST_TOLD]
  public void told(CheckId id, List<Long> numbers) {
    var names = new HashMap<>(Map.of("#untold", CheckRow.UNTOLD, "#rev", CheckRow.REV));
    var paths = new ArrayList<String>();
    for (var number : numbers) {
      var name = "#" + paths.size();
      names.put(name, Long.toString(number));
      paths.add("#untold." + name);
    }
    try {
      dynamo
          .client()
          .updateItem(
              UpdateItemRequest.builder()
                  .tableName(dynamo.table())
                  .key(Keys.hot(id))
                  .updateExpression(
                      "REMOVE " + String.join(", ", paths) + " SET #rev = #rev + :one")
                  .conditionExpression(
                      paths.stream()
                          .map("attribute_exists(%s)"::formatted)
                          .collect(joining(" OR ")))
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                  .build());
    } catch (ConditionalCheckFailedException alreadyTold) {
      // Told before, or the check is gone: either way nothing is left to do.
    }
  }

  /// How many shards the due index has; they are numbered from 0.
  public int shards() {
    return Keys.SHARDS;
  }

  /// What is due up to and including `until` in one shard, soonest first; at most `limit` entries.
  /// What a newer release keeps in the index that is no check is passed over.
  public List<Due> due(int shard, Instant until, int limit) {
    return due(shard, null, until, limit);
  }

  /// As [#due(int, Instant, int)], from just after the entry `after` on.
  public List<Due> due(int shard, @Nullable Due after, Instant until, int limit) {
    var found = new ArrayList<Due>();
    var start = after == null ? Map.<String, AttributeValue>of() : startKey(shard, after);
    do {
      var from = start;
      var page =
          dynamo.page(query ->
              query
                  .indexName(Keys.BY_DUE)
                  .keyConditionExpression("#shard = :shard AND #due <= :until")
                  .expressionAttributeNames(Map.of("#shard", Keys.DUE_SHARD, "#due", Keys.DUE))
                  .expressionAttributeValues(
                      Map.of(
                          ":shard", AttributeValue.fromS(Keys.shard(shard)),
                          ":until", number(Micros.of(until))))
                  .exclusiveStartKey(from.isEmpty() ? null : from)
                  .limit(limit - found.size()));
      page.items().stream()
          .map(Row::of)
          .flatMap(row ->
              Keys.asCheck(row.text(Keys.PK), row.text(Keys.SK)).stream()
                  .map(id -> new Due(id, Micros.instant(row.number(Keys.DUE)))))
          .forEach(found::add);
      start = page.lastEvaluatedKey();
    } while (found.size() < limit && !start.isEmpty());
    return found;
  }

  private Saved race(
      CheckItem item, @Nullable String request, Instant now, Function<Check, Step> step) {
    var current = item;
    for (int turn = 0; turn < TRIES; turn++) {
      if (request != null && request.equals(current.request())) {
        return new Saved.Done(current, current.untold());
      }
      var taken = step.apply(current.check());
      var untold = new ArrayList<>(current.untold());
      untold.addAll(taken.flips());
      var next =
          new CheckItem(
              taken.check(),
              current.rev() + 1,
              nextDue(current, taken, now),
              untold,
              request == null ? current.request() : request);
      var written = write(current, next);
      switch (written) {
        case Written.Yes(var stored) -> {
          return new Saved.Done(stored, taken.flips());
        }
        case Written.Lost(var winner) -> current = winner;
        case Written.Gone() -> {
          return new Saved.Gone();
        }
      }
    }
    throw new Contended(item.check().id());
  }

  private sealed interface Written {
    record Yes(CheckItem stored) implements Written {}

    record Lost(CheckItem winner) implements Written {}

    record Gone() implements Written {}
  }

  private Written write(CheckItem before, CheckItem after) {
    if (after.equals(withRev(before, after.rev()))) {
      return new Written.Yes(before);
    }
    var change = Change.between(CheckRow.write(before), CheckRow.write(after));
    var names = new HashMap<>(change.names());
    names.put("#rev", CheckRow.REV);
    var values = new HashMap<>(change.values());
    values.put(":rev", number(before.rev()));
    try {
      dynamo
          .client()
          .updateItem(
              UpdateItemRequest.builder()
                  .tableName(dynamo.table())
                  .key(Keys.hot(before.check().id()))
                  .updateExpression(change.expression())
                  .conditionExpression("#rev = :rev")
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(values)
                  .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                  .build());
      return new Written.Yes(after);
    } catch (ConditionalCheckFailedException refused) {
      return refused.hasItem() && !refused.item().isEmpty()
          ? new Written.Lost(read(refused.item()))
          : new Written.Gone();
    }
  }

  private CheckItem read(Map<String, AttributeValue> item) {
    return CheckRow.read(item, schema);
  }

  /// The instant for the due index: what it has, if that still comes in time and lies ahead, else
  /// the earliest of the deadline and the moment to send untold flips again.
  private static @Nullable Instant nextDue(CheckItem before, Step taken, Instant now) {
    var held = before.due();
    var reached = held == null || !held.isAfter(now);
    var retell = !taken.flips().isEmpty() || (reached && !before.untold().isEmpty());
    var wanted =
        Stream.of(
                taken.check().deadline(),
                retell ? Optional.of(now.plus(RETELL)) : Optional.<Instant>empty())
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .orElse(null);
    return reached || (wanted != null && wanted.isBefore(held)) ? wanted : held;
  }

  private static CheckItem withRev(CheckItem item, long rev) {
    return new CheckItem(item.check(), rev, item.due(), item.untold(), item.request());
  }

  private static Map<String, AttributeValue> startKey(int shard, Due after) {
    var key = new HashMap<>(Keys.hot(after.check()));
    key.put(Keys.DUE_SHARD, AttributeValue.fromS(Keys.shard(shard)));
    key.put(Keys.DUE, number(Micros.of(after.at())));
    return key;
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
