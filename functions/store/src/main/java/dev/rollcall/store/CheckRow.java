package dev.rollcall.store;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Retention;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Run;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.check.Tally;
import dev.rollcall.core.project.ProjectId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The hot item of a check: what pings change and what they must know. It stays under 1 KB, because
/// DynamoDB bills each write by the size of the whole item; what can be long is in the detail item.
final class CheckRow {
  /// The shape of the item that this release writes, and the newest that it has a name for.
  static final long VERSION = 1;

  static final String V = "_v";
  static final String REV = "rev";
  static final String REQUEST = "request";
  static final String STATE = "state";
  static final String LAST = "last";
  static final String RUN = "run";
  static final String DURATION = "duration";
  static final String PINGS = "pings";
  static final String RULES = "rules";
  static final String UNTOLD = "untold";

  /// How many flips there were, which is also the number of the newest.
  static final String FLIPS = "flips";

  /// How long the log keeps a ping of this check, in days: what follows from its schedule, kept
  /// here so that the fast path need not read one.
  static final String KEEP = "keep";

  private static final String PROJECT = "project";
  private static final String GRACE = "grace";
  private static final String MANUAL_RESUME = "manualResume";
  private static final String SINCE = "since";
  private static final String REASON = "reason";
  private static final String RUN_ID = "runId";

  /// How many pings were no successes; an attribute each, since a success must not touch any.
  private static final String STARTS = "starts";

  private static final String FAILURES = "failures";
  private static final String LOGS = "logs";
  private static final String IGNORED = "ignored";

  private static final String POST = "post";
  private static final String FILTER = "filter";
  private static final String FAIL = "fail";

  private CheckRow() {}

  static Map<String, AttributeValue> write(CheckItem item) {
    var check = item.check();
    var row = Row.at(Keys.hot(check.id()));
    row.number(V, VERSION)
        .number(REV, item.rev())
        .text(REQUEST, item.request())
        .text(PROJECT, check.project().toString())
        .number(GRACE, check.grace().toSeconds())
        .texts(RULES, rules(check.rules()))
        .flag(MANUAL_RESUME, check.rules().manualResume())
        .text(STATE, FlipRow.word(check.state().status()))
        .number(LAST, micros(check.state().lastPing()))
        .number(PINGS, check.pings())
        .number(FLIPS, check.flips())
        .number(STARTS, counted(check.tally().starts()))
        .number(FAILURES, counted(check.tally().failures()))
        .number(LOGS, counted(check.tally().logs()))
        .number(IGNORED, counted(check.tally().ignored()))
        .number(KEEP, Retention.of(check.schedule()).toDays());
    ScheduleRow.write(check.schedule(), row);
    if (check.state() instanceof State.Down(var since, var reason, _)) {
      row.number(SINCE, Micros.of(since)).text(REASON, FlipRow.word(reason));
    }
    if (check.run() != null) {
      row.number(RUN, Micros.of(check.run().startedAt()));
      row.text(RUN_ID, check.run().id() == null ? null : check.run().id().toString());
    }
    if (check.lastDuration() != null) {
      row.number(DURATION, check.lastDuration().toMillis());
    }
    if (item.due() != null) {
      row.text(Keys.DUE_SHARD, Keys.shard(check.id())).number(Keys.DUE, Micros.of(item.due()));
    }
    return row.with(UNTOLD, AttributeValue.fromM(untold(item.untold()))).attributes();
  }

  /// @throws UnreadableItem when the item is not one that this release can read
  static CheckItem read(Map<String, AttributeValue> attributes, SchemaView schema) {
    var row = Row.of(attributes);
    try {
      schema.admit(row, VERSION, "check");
      return readItem(row);
    } catch (IllegalArgumentException | DateTimeException malformed) {
      throw new UnreadableItem("check item not understood", malformed);
    }
  }

  private static CheckItem readItem(Row row) {
    var id = Keys.checkId(row.text(Keys.PK));
    var check =
        new Check(
            id,
            new ProjectId(UUID.fromString(row.text(PROJECT))),
            ScheduleRow.read(row),
            Duration.ofSeconds(row.number(GRACE)),
            rules(row),
            state(row),
            run(row),
            duration(row.numberOrNull(DURATION)),
            row.number(PINGS),
            row.number(FLIPS),
            tally(row));
    return new CheckItem(
        check,
        row.number(REV),
        instant(row.numberOrNull(Keys.DUE)),
        untold(id, row.map(UNTOLD)),
        row.textOrNull(REQUEST));
  }

  private static List<String> rules(Rules rules) {
    var words = new ArrayList<String>();
    if (rules.postOnly()) {
      words.add(POST);
    }
    if (rules.filterBody()) {
      words.add(FILTER);
    }
    if (rules.failByDefault()) {
      words.add(FAIL);
    }
    return words;
  }

  private static Rules rules(Row row) {
    var words = row.texts(RULES);
    return new Rules(
        words.contains(POST),
        words.contains(FILTER),
        words.contains(FAIL),
        row.flag(MANUAL_RESUME));
  }

  private static Tally tally(Row row) {
    return new Tally(
        count(row, STARTS), count(row, FAILURES), count(row, LOGS), count(row, IGNORED));
  }

  private static long count(Row row, String name) {
    var count = row.numberOrNull(name);
    return count == null ? 0 : count;
  }

  /// A count as it is stored: not at all while it is zero.
  private static @Nullable Long counted(long count) {
    return count == 0 ? null : Long.valueOf(count);
  }

  private static State state(Row row) {
    var last = instant(row.numberOrNull(LAST));
    return switch (FlipRow.constant(Status.class, row.text(STATE))) {
      case NEW -> new State.New();
      case UP -> new State.Up(Micros.instant(row.number(LAST)));
      case DOWN ->
          new State.Down(Micros.instant(row.number(SINCE)), FlipRow.reason(row.text(REASON)), last);
      case PAUSED -> new State.Paused(last);
      case LATE -> throw new UnreadableItem("lateness is never stored");
    };
  }

  private static @Nullable Run run(Row row) {
    var startedAt = instant(row.numberOrNull(RUN));
    if (startedAt == null) {
      return null;
    }
    var id = row.textOrNull(RUN_ID);
    return new Run(id == null ? null : new RunId(UUID.fromString(id)), startedAt);
  }

  static Map<String, AttributeValue> untold(List<Flip> flips) {
    var map = new HashMap<String, AttributeValue>();
    for (var flip : flips) {
      var row = Row.at(Map.of());
      FlipRow.write(flip, row);
      map.put(Long.toString(flip.number()), AttributeValue.fromM(row.attributes()));
    }
    return map;
  }

  private static List<Flip> untold(CheckId check, Map<String, AttributeValue> map) {
    return map.entrySet().stream()
        .map(entry ->
            FlipRow.read(check, Long.parseLong(entry.getKey()), Row.of(entry.getValue().m())))
        .sorted(Comparator.comparingLong(Flip::number))
        .toList();
  }

  private static @Nullable Duration duration(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }

  private static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null ? null : Micros.of(instant);
  }

  private static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null ? null : Micros.instant(micros);
  }
}
