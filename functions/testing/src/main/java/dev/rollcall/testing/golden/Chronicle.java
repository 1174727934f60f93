package dev.rollcall.testing.golden;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.MORNING;
import static dev.rollcall.testing.Moments.NOON;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Tally;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Claims;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Route;
import dev.rollcall.store.Saved;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.CheckBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One project in which everything happens that a release can store: written by its stores, and
/// read by them again. Ids and instants are fixed, so that two releases that store alike store the
/// same items.
public final class Chronicle {
  private static final ProjectId PROJECT = new ProjectId(new UUID(1, 1));
  private static final String PING_KEY = "chr0n1cl3chr0n1cl3chr0";
  private static final String BADGE_KEY = "00000000-0000-0001-0000-0000000000bb";
  private static final String READ_WRITE = "hcw_chronicleChronicleChronicle0";
  private static final String READ_ONLY = "hcr_chronicleChronicleChronicle0";

  private static final ChannelId MAIL = new ChannelId(new UUID(2, 1));
  private static final ChannelId WEBHOOK = new ChannelId(new UUID(2, 2));
  private static final ChannelId BROKEN = new ChannelId(new UUID(2, 3));

  private static final CheckId NEW = check(1);
  private static final CheckId UP = check(2);
  private static final CheckId RUNNING = check(3);
  private static final CheckId SILENT = check(4);
  private static final CheckId FAILED = check(5);
  private static final CheckId PAUSED = check(6);
  private static final CheckId FILTERED = check(7);
  private static final CheckId CALENDAR = check(8);

  private static final List<CheckId> CHECKS =
      List.of(NEW, UP, RUNNING, SILENT, FAILED, PAUSED, FILTERED, CALENDAR);

  private static final RunId RUN = new RunId(new UUID(4, 1));
  private static final Claims.Claim CLAIM =
      new Claims.Claim(PROJECT, "name=Nightly backup", check(9), NOON);

  private final Stores stores;

  private Chronicle(Stores stores) {
    this.stores = stores;
  }

  /// Writes all of it. To be called once on empty tables.
  public static void write(Stores stores) {
    new Chronicle(stores).write();
  }

  /// Everything of it that the stores can read, as text: one line for each thing.
  public static String read(Stores stores) {
    return new Chronicle(stores).read();
  }

  private void write() {
    stores.projects().create(new Project(PROJECT, "Chronicle", PING_KEY, BADGE_KEY, 20, 100));
    stores.projects().keep(READ_WRITE, key(READ_WRITE, ApiKey.Access.READ_WRITE));
    stores.projects().keep(READ_ONLY, key(READ_ONLY, ApiKey.Access.READ_ONLY));
    stores
        .integrations()
        .create(channel(MAIL, "email", Map.of("value", "me@example.org", "down", true)));
    stores
        .integrations()
        .create(
            channel(
                WEBHOOK,
                "webhook",
                Map.of(
                    "url_down", "https://example.org/$CODE",
                    "method_down", "POST",
                    "headers_down", Map.of("X-Status", "$STATUS"),
                    "body_down", "$NAME is down")));
    stores.integrations().create(channel(BROKEN, "webhook", Map.of("url_down", "http://[::1]/")));
    stores.integrations().report(BROKEN, "the address is private", true);
    checks();
    stores.claims().stake(CLAIM);
    stores.claims().settle(CLAIM);
  }

  private void checks() {
    made(aCheck().id(NEW).called("New").slug("new").tags("a b"));
    var up = made(aCheck().id(UP).called("Nightly backup").slug("nightly").tells(MAIL, WEBHOOK));
    heard(up, new Signal.Success(null), MORNING, "first", Body.EMPTY);
    stores.checks().countSuccess(UP, MORNING.plusSeconds(60), "second");
    logged(UP, 2, MORNING.plusSeconds(60), new Signal.Success(null), text("done\n".repeat(200)));

    var running = made(aCheck().id(RUNNING));
    running = heard(running, new Signal.Start(RUN), MORNING, "start", Body.EMPTY);
    running =
        heard(running, new Signal.Success(RUN), MORNING.plusSeconds(7), "end", text("7 rows"));
    heard(running, new Signal.Start(null), NOON, "again", Body.EMPTY);

    var silent = made(aCheck().id(SILENT).every(Duration.ofMinutes(1)).tells(MAIL));
    silent = heard(silent, new Signal.Success(null), MORNING, "last", Body.EMPTY);
    stepped(silent, NOON);

    var failed = made(aCheck().id(FAILED).tells(WEBHOOK));
    failed = heard(failed, new Signal.Success(null), MORNING, "well", Body.EMPTY);
    heard(failed, new Signal.Failure(null), NOON, "badly", text("exit status 3"));
    stores.log().append(new Notification(FAILED, 2, WEBHOOK, NOON, outcome("SENT"), null));
    stores.log().append(new Notification(FAILED, 2, BROKEN, NOON, outcome("REFUSED"), "private"));
    stores.checks().told(FAILED, 2);

    var paused = made(aCheck().id(PAUSED).rules(new Rules(true, false, false, true)));
    paused = heard(paused, new Signal.Success(null), MORNING, "before", Body.EMPTY);
    stores.checks().save(paused, NOON, (Check check) -> check.pause(NOON));

    made(
        aCheck()
            .id(FILTERED)
            .described("Fails by default")
            .rules(new Rules(false, true, true, false))
            .keywords(new Keywords("begin", "OK, fine", "ERROR")));

    var calendar = made(aCheck().id(CALENDAR).on("0 3 * * 1-5", ZoneId.of("Europe/Riga")));
    heard(calendar, new Signal.Log(null), MORNING, "note", text("only a note"));
  }

  private CheckItem made(CheckBuilder builder) {
    var check = builder.check();
    return builder
        .in(PROJECT)
        .badge(new UUID(5, check.id().value().getLeastSignificantBits()))
        .createdAt(MORNING.plusSeconds(check.id().value().getLeastSignificantBits()))
        .storedIn(stores.catalog());
  }

  private CheckItem heard(CheckItem item, Signal signal, Instant at, String request, Body body) {
    var saved = stores.checks().save(item, request, at, check -> check.hear(signal, at));
    var done = done(saved);
    logged(item.check().id(), done.item().check().pings(), at, signal, body);
    done.flips().forEach(stores.log()::append);
    return done.item();
  }

  /// Its flips stay untold.
  private void stepped(CheckItem item, Instant at) {
    done(stores.checks().save(item, at, (Check check) -> check.sweep(at)));
  }

  private void logged(CheckId check, long number, Instant at, Signal signal, Body body) {
    var source = new Ping.Source("https", "203.0.113.7", "POST", "curl/8.5.0");
    @Nullable Integer exit = signal instanceof Signal.Failure ? 3 : null;
    stores
        .log()
        .append(new Ping(check, number, at, signal, exit, source, body), Duration.ofDays(30));
  }

  private String read() {
    var text = new StringBuilder();
    line(text, stores.projects().find(PROJECT));
    line(text, stores.projects().byPingKey(PING_KEY));
    line(text, stores.projects().byBadgeKey(BADGE_KEY));
    line(text, stores.projects().key(READ_WRITE));
    line(text, stores.projects().key(READ_ONLY));
    stores
        .integrations()
        .list(PROJECT)
        .forEach(each -> {
          line(text, each);
          line(text, new TreeMap<>(each.settings()));
          line(text, each.disabled() + " " + each.lastError() + " " + each.name());
        });
    stores.catalog().list(PROJECT).stream()
        .map(Chronicle::uncounted)
        .forEach(each -> line(text, each));
    line(text, stores.catalog().bySlug(PROJECT, "nightly"));
    CHECKS.forEach(check -> log(text, check));
    line(text, stores.log().told(new Route(FAILED, WEBHOOK), 1).stream().findFirst());
    for (int shard = 0; shard < stores.checks().shards(); shard++) {
      line(text, stores.checks().due(shard, NOON.plus(LogStore.HISTORY), 100));
    }
    return text.toString();
  }

  /// A check without what release 0.1.0 did not count: of what kinds its pings were.
  private static CheckRecord uncounted(CheckRecord record) {
    var item = record.item();
    var check = item.check();
    var uncounted =
        new Check(
            check.id(),
            check.project(),
            check.schedule(),
            check.grace(),
            check.rules(),
            check.state(),
            check.run(),
            check.lastDuration(),
            check.pings(),
            check.flips(),
            Tally.NONE);
    return new CheckRecord(
        new CheckItem(uncounted, item.rev(), item.due(), item.untold(), item.request()),
        record.details());
  }

  private void log(StringBuilder text, CheckId check) {
    stores
        .log()
        .pings(check, 0, 100)
        .forEach(ping -> {
          line(text, ping);
          line(text, ping.body().text());
        });
    stores.log().flips(check, 100).forEach(flip -> line(text, flip));
    stores.log().notifications(check).stream()
        .map(Notification::toString)
        .sorted()
        .forEach(each -> line(text, each));
  }

  private static void line(StringBuilder text, Object value) {
    text.append(value instanceof Optional<?> possible ? possible.orElseThrow() : value)
        .append('\n');
  }

  private static Saved.Done done(Saved saved) {
    return switch (saved) {
      case Saved.Done done -> done;
      case Saved.Gone() -> throw new IllegalStateException("the check is gone");
    };
  }

  private static ApiKey key(String secret, ApiKey.Access access) {
    return new ApiKey(PROJECT, access, secret.substring(0, ApiKey.PREFIX_LENGTH), MORNING);
  }

  private static Integration channel(ChannelId id, String kind, Map<String, Object> settings) {
    var secret = new SigningSecret("%032x".formatted(id.value().getLeastSignificantBits()));
    return new Integration(id, PROJECT, kind, "A " + kind, settings, secret, false, null, MORNING);
  }

  private static Notification.Outcome outcome(String name) {
    return Notification.Outcome.valueOf(name);
  }

  private static Body text(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static CheckId check(long number) {
    return new CheckId(new UUID(number << 16 | 3, number));
  }
}
