package dev.rollcall.testing;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Run;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Tally;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckItem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A check in the making, in the words of the domain: `aCheck().every(HOUR).up(NOON).check()`.
/// Where nothing is said it is new, expects a ping every hour with five minutes of grace, has no
/// name, and an identity and a project of its own.
public final class CheckBuilder {
  private CheckId id = new CheckId(UUID.randomUUID());
  private ProjectId project = new ProjectId(UUID.randomUUID());
  private UUID badgeKey = UUID.randomUUID();
  private Schedule schedule = new Every(Duration.ofHours(1));
  private Duration grace = Duration.ofMinutes(5);
  private Rules rules = Rules.NONE;
  private State state = new State.New();
  private @Nullable Run run;
  private @Nullable Duration lastDuration;
  private long pings;
  private long flips;
  private Tally tally = Tally.NONE;
  private String name = "";
  private String slug = "";
  private String tags = "";
  private String description = "";
  private ZoneId zone = ZoneOffset.UTC;
  private Keywords keywords = Keywords.NONE;
  private Set<ChannelId> channels = Set.of();
  private Instant createdAt = Moments.MIDNIGHT;

  private CheckBuilder() {}

  public static CheckBuilder aCheck() {
    return new CheckBuilder();
  }

  public CheckBuilder id(CheckId value) {
    id = value;
    return this;
  }

  public CheckBuilder in(ProjectId value) {
    project = value;
    return this;
  }

  /// The name under which its badge is public.
  public CheckBuilder badge(UUID value) {
    badgeKey = value;
    return this;
  }

  public CheckBuilder every(Duration period) {
    schedule = new Every(period);
    return this;
  }

  /// Expected by a cron or OnCalendar expression.
  ///
  /// @throws IllegalArgumentException when it is neither
  public CheckBuilder on(String expression, ZoneId inZone) {
    schedule =
        switch (Schedules.parse(expression, inZone)) {
          case Parsed.Valid(var valid) -> valid;
          case Parsed.Invalid(var reason, _) -> throw new IllegalArgumentException(reason);
        };
    zone = inZone;
    return this;
  }

  public CheckBuilder grace(Duration value) {
    grace = value;
    return this;
  }

  public CheckBuilder rules(Rules value) {
    rules = value;
    return this;
  }

  /// Heard of at `lastPing`, which was its first ping unless [#heard] says otherwise.
  public CheckBuilder up(Instant lastPing) {
    state = new State.Up(lastPing);
    return happened();
  }

  /// Silent past its deadline, which was at `since`.
  public CheckBuilder down(Instant since) {
    state = new State.Down(since, Reason.TIMEOUT, since.minus(grace));
    return happened();
  }

  /// Down by a ping that said so.
  public CheckBuilder failed(Instant at) {
    state = new State.Down(at, Reason.FAILURE, at);
    return happened();
  }

  public CheckBuilder paused() {
    state = new State.Paused(null);
    return happened();
  }

  /// With a run under way that named no `rid`.
  public CheckBuilder running(Instant startedAt) {
    run = new Run(null, startedAt);
    return this;
  }

  public CheckBuilder running(Instant startedAt, RunId rid) {
    run = new Run(rid, startedAt);
    return this;
  }

  public CheckBuilder lastDuration(Duration value) {
    lastDuration = value;
    return this;
  }

  /// How many pings and flips it has had.
  public CheckBuilder heard(long allPings, long allFlips) {
    pings = allPings;
    flips = allFlips;
    return this;
  }

  /// Of what kinds the pings were.
  public CheckBuilder tally(Tally value) {
    tally = value;
    return this;
  }

  public CheckBuilder called(String value) {
    name = value;
    return this;
  }

  public CheckBuilder slug(String value) {
    slug = value;
    return this;
  }

  public CheckBuilder tags(String value) {
    tags = value;
    return this;
  }

  public CheckBuilder described(String value) {
    description = value;
    return this;
  }

  public CheckBuilder keywords(Keywords value) {
    keywords = value;
    return this;
  }

  public CheckBuilder tells(ChannelId... those) {
    channels = Set.of(those);
    return this;
  }

  public CheckBuilder createdAt(Instant value) {
    createdAt = value;
    return this;
  }

  public Check check() {
    return new Check(
        id, project, schedule, grace, rules, state, run, lastDuration, pings, flips, tally);
  }

  public Details details() {
    return new Details(
        id,
        name,
        slug,
        tags,
        description,
        zone,
        keywords,
        false,
        false,
        new TreeSet<>(channels),
        badgeKey,
        createdAt);
  }

  /// The check, stored.
  ///
  /// @throws IllegalStateException when the catalog refuses it
  public CheckItem storedIn(CheckCatalog catalog) {
    return switch (catalog.create(check(), details(), Integer.MAX_VALUE, false)) {
      case CheckCatalog.Made.Done(var made) -> made.item();
      case CheckCatalog.Made.LimitReached _, CheckCatalog.Made.SlugTaken _ ->
          throw new IllegalStateException("not stored: " + id);
    };
  }

  private CheckBuilder happened() {
    pings = Math.max(pings, 1);
    flips = Math.max(flips, 1);
    return this;
  }
}
