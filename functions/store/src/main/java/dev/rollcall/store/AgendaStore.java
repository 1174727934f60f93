package dev.rollcall.store;

import static java.util.stream.Collectors.toMap;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// What each channel has still to be told of each check: one item a [Route] in the log table, where
/// releases that do not know it leave it alone.
///
/// A flip is entered when it is taken over, and leaves when it is settled. Whoever tells a channel
/// holds the claim of its route meanwhile, so that nothing is told twice and nothing overtakes. The
/// claim ends by itself if its holder dies. A flip at or below the newest settled one is never
/// entered again.
public final class AgendaStore {
  private static final String WAITING = "waiting";
  private static final String SETTLED = "settled";
  private static final String FAILURES = "failures";
  private static final String SAT = "sat";
  private static final String SINGLY = "singly";
  private static final String NEXT = "next";
  private static final String HEAD = "head";
  private static final String HOLDER = "holder";
  private static final String UNTIL = "until";

  private static final Map<String, String> NAMES =
      Map.of(
          "#waiting", WAITING,
          "#settled", SETTLED,
          "#failures", FAILURES,
          "#sat", SAT,
          "#singly", SINGLY,
          "#next", NEXT,
          "#head", HEAD,
          "#holder", HOLDER,
          "#until", UNTIL,
          "#expires", Keys.EXPIRES);

  private final Dynamo dynamo;

  public AgendaStore(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.log());
  }

  /// Enters flips that a channel has to be told of. Safe to say again, and after they were told.
  ///
  /// @param flips in ascending order, at least one
  /// @return those that have still to be told
  public List<Long> enter(Route route, List<Long> flips, Instant now) {
    var settled = enterAll(route, flips, now);
    if (settled == 0) {
      return flips;
    }
    var left = flips.stream().filter(flip -> flip > settled).toList();
    return left.isEmpty() ? left : enter(route, left, now);
  }

  /// @return 0 if they were entered, else up to which flip all are settled
  private long enterAll(Route route, List<Long> flips, Instant now) {
    try {
      var _ =
          update(
              route,
              "ADD #waiting :flips SET #expires = :expires",
              "attribute_not_exists(#settled) OR #settled < :first",
              Map.of(
                  ":flips", numbers(flips),
                  ":first", number(flips.getFirst()),
                  ":expires", expires(now)));
      return 0;
    } catch (ConditionalCheckFailedException settled) {
      return Row.of(settled.item()).number(SETTLED);
    }
  }

  /// Asks to tell a channel what waits for it, on account of the message about `flip`.
  ///
  /// After a failure everybody waits until the next try is due. Exempt are the message about the
  /// flip that failed, because it comes when it is time, and one that is `early`. Who holds the
  /// claim already, and comes again because he died, has it at once.
  ///
  /// @param holder names the message
  /// @param early not to wait for the next try: there is news
  /// @param until when the claim ends by itself
  public Claim claim(
      Route route, long flip, String holder, boolean early, Instant now, Instant until) {
    var values =
        new HashMap<>(
            Map.of(
                ":flip", number(flip),
                ":holder", AttributeValue.fromS(holder),
                ":now", number(Micros.of(now)),
                ":until", number(Micros.of(until))));
    try {
      return new Claim.Granted(
          read(
              update(
                  route,
                  "SET #holder = :holder, #until = :until",
                  "contains(#waiting, :flip)"
                      + " AND (attribute_not_exists(#until) OR #until <= :now OR #holder = :holder)"
                      + (early
                          ? ""
                          : " AND (attribute_not_exists(#next) OR #next <= :now OR #head = :flip)"),
                  values)));
    } catch (ConditionalCheckFailedException refused) {
      return refusal(Row.of(refused.hasItem() ? refused.item() : Map.of()), flip, now);
    }
  }

  private static Claim refusal(Row row, long flip, Instant now) {
    if (flip <= orZero(row, SETTLED)) {
      return new Claim.Settled();
    }
    if (!waiting(row).contains(flip)) {
      return new Claim.Unrecorded();
    }
    var until = row.numberOrNull(UNTIL);
    var next = row.numberOrNull(NEXT);
    return next == null || (until != null && until > Micros.of(now))
        ? new Claim.Busy()
        : new Claim.Later(Micros.instant(next));
  }

  /// Notes that flips are done with, told or not. The channel is as good as new then.
  ///
  /// @param flips the oldest that wait
  /// @param singly how many have now been told one by one since last none waited
  /// @param until how long the claim is kept; null gives it back
  /// @return what waits now; empty when the claim has meanwhile become another's
  public Optional<Agenda> settle(
      Route route, String holder, Collection<Long> flips, int singly, @Nullable Instant until) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":flips", numbers(flips));
    values.put(":settled", number(Collections.max(flips)));
    var sets = "SET #settled = :settled";
    var removals = "REMOVE #failures, #sat, #next, #head";
    if (until == null) {
      removals += ", #holder, #until, #singly";
    } else {
      sets += ", #until = :until, #singly = :singly";
      values.put(":until", number(Micros.of(until)));
      values.put(":singly", number(singly));
    }
    return held(route, holder, "DELETE #waiting :flips " + sets + " " + removals, values);
  }

  /// Notes that a try failed, and gives the claim back.
  ///
  /// @param agenda with the failure counted, and without what is given up over it
  /// @param givenUp the oldest that waited; may be none
  /// @param next when it is tried again, if something still waits
  public void fail(
      Route route, String holder, Agenda agenda, Collection<Long> givenUp, Instant next) {
    var values = new HashMap<String, AttributeValue>();
    var sets = new ArrayList<String>();
    var removals = "REMOVE #holder, #until";
    if (agenda.waiting().isEmpty()) {
      removals += ", #failures, #sat, #next, #head, #singly";
    } else {
      sets.add("#failures = :failures, #sat = :sat, #next = :next, #head = :head");
      values.put(":failures", number(agenda.failures()));
      values.put(":sat", sat(agenda));
      values.put(":next", number(Micros.of(next)));
      values.put(":head", number(agenda.waiting().first()));
    }
    var deletion = "";
    if (!givenUp.isEmpty()) {
      deletion = "DELETE #waiting :flips ";
      sets.add("#settled = :settled");
      values.put(":flips", numbers(givenUp));
      values.put(":settled", number(Collections.max(givenUp)));
    }
    var expression =
        deletion + (sets.isEmpty() ? "" : "SET " + String.join(", ", sets) + " ") + removals;
    var _ = held(route, holder, expression, values);
  }

  /// Gives a claim back.
  public void release(Route route, String holder) {
    var _ = held(route, holder, "REMOVE #holder, #until", new HashMap<>());
  }

  /// Empty when nothing was ever entered, or it is long ago.
  public Optional<Agenda> find(Route route) {
    return dynamo.read(Keys.agenda(route)).map(AgendaStore::read);
  }

  /// What every channel has been told of a check, or has still to be.
  public Map<ChannelId, Agenda> ofCheck(CheckId check) {
    return dynamo
        .query(query ->
            query
                .consistentRead(true)
                .keyConditionExpression("#pk = :check AND begins_with(#sk, :agendas)")
                .expressionAttributeNames(Map.of("#pk", Keys.PK, "#sk", Keys.SK))
                .expressionAttributeValues(
                    Map.of(
                        ":check", AttributeValue.fromS(Keys.check(check)),
                        ":agendas", AttributeValue.fromS(Keys.AGENDA_PREFIX))))
        .stream()
        .collect(toMap(item -> Keys.agendaChannel(Row.of(item).text(Keys.SK)), AgendaStore::read));
  }

  private Optional<Agenda> held(
      Route route, String holder, String expression, Map<String, AttributeValue> values) {
    values.put(":holder", AttributeValue.fromS(holder));
    try {
      return Optional.of(read(update(route, expression, "#holder = :holder", values)));
    } catch (ConditionalCheckFailedException another) {
      return Optional.empty();
    }
  }

  private Map<String, AttributeValue> update(
      Route route, String expression, String condition, Map<String, AttributeValue> values) {
    var names = new HashMap<>(NAMES);
    names.keySet().removeIf(name -> !(expression + condition).contains(name));
    return dynamo
        .client()
        .updateItem(update ->
            update
                .tableName(dynamo.table())
                .key(Keys.agenda(route))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .attributes();
  }

  private static Agenda read(Map<String, AttributeValue> item) {
    var row = Row.of(item);
    var next = row.numberOrNull(NEXT);
    return new Agenda(
        waiting(row),
        orZero(row, SETTLED),
        Math.toIntExact(orZero(row, FAILURES)),
        row.map(SAT).entrySet().stream()
            .collect(
                toMap(
                    each -> Long.valueOf(each.getKey()),
                    each -> Integer.valueOf(each.getValue().n()))),
        Math.toIntExact(orZero(row, SINGLY)),
        next == null ? null : Micros.instant(next));
  }

  private static AttributeValue sat(Agenda agenda) {
    return AttributeValue.fromM(
        agenda.sat().entrySet().stream()
            .collect(toMap(each -> each.getKey().toString(), each -> number(each.getValue()))));
  }

  private static SortedSet<Long> waiting(Row row) {
    var flips = new TreeSet<Long>();
    var value = row.value(WAITING);
    if (value != null) {
      value.ns().forEach(flip -> flips.add(Long.valueOf(flip)));
    }
    return flips;
  }

  private static long orZero(Row row, String name) {
    var value = row.numberOrNull(name);
    return value == null ? 0 : value;
  }

  private static AttributeValue expires(Instant now) {
    return number(now.plus(LogStore.HISTORY).getEpochSecond());
  }

  private static AttributeValue numbers(Collection<Long> flips) {
    return AttributeValue.fromNs(flips.stream().map(flip -> Long.toString(flip)).toList());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
