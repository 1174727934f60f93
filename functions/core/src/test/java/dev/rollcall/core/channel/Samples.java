package dev.rollcall.core.channel;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.check.Tally;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.project.Site;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Alerts about one check, and the files that say what should come of them.
final class Samples {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Site SITE = new Site("https://rollcall.example", "https://rollcall.example/ping/");
  static final CheckId CHECK = new CheckId(UUID.fromString("0a8f5c3e-1d2b-4c6f-9e7a-5b3d8c1f2e4a"));
  static final ProjectId PROJECT =
      new ProjectId(UUID.fromString("7c1e9b52-6f3d-4a80-b2c4-d9e0f1a23b45"));

  private Samples() {}

  static Alert down(String name, String tags, @Nullable Ping ping) {
    return down(name, tags, new Every(Duration.ofDays(1)), "UTC", Reason.TIMEOUT, ping);
  }

  static Alert down(
      String name,
      String tags,
      Schedule schedule,
      String zone,
      Reason reason,
      @Nullable Ping ping) {
    var state = new State.Down(NOON, reason, NOON.minus(Duration.ofHours(25)));
    return new Alert.WentDown(
        subject(name, tags, schedule, zone, state, ping),
        new Flip(CHECK, 3, NOON, Status.UP, Status.DOWN, reason, 17));
  }

  /// The check went down, and says what to do about it.
  static Alert downWith(String description) {
    var state = new State.Down(NOON, Reason.TIMEOUT, null);
    return new Alert.WentDown(
        subject("x", "", description, new Every(Duration.ofDays(1)), "UTC", state, null),
        new Flip(CHECK, 3, NOON, Status.UP, Status.DOWN, Reason.TIMEOUT, 17));
  }

  static Alert up(String name, String tags, @Nullable Instant since) {
    var every = new Every(Duration.ofDays(1));
    return new Alert.CameUp(
        subject(name, tags, every, "UTC", new State.Up(NOON), null),
        new Flip(CHECK, 4, NOON, Status.DOWN, Status.UP, null, 17),
        since);
  }

  /// An outage that is over when it is told.
  static Alert late(Duration outage) {
    var state = new State.Up(NOON.plus(outage));
    return new Alert.WentDown(
        subject("x", "", new Every(Duration.ofDays(1)), "UTC", state, null),
        new Flip(CHECK, 3, NOON, Status.UP, Status.DOWN, Reason.TIMEOUT, 17),
        NOON.plus(outage));
  }

  /// Flips that are told as one, the last of which leads to `to`.
  static Alert several(Status to, int falls, int recoveries) {
    var every = new Every(Duration.ofDays(1));
    var isUp = to == Status.UP;
    var state =
        isUp ? new State.Up(NOON) : new State.Down(NOON, Reason.FAILURE, NOON.minusSeconds(60));
    var fall =
        new Flip(
            CHECK,
            isUp ? 19 : 20,
            isUp ? NOON.minusSeconds(60) : NOON,
            Status.UP,
            Status.DOWN,
            Reason.FAILURE,
            17);
    var recovery =
        new Flip(
            CHECK,
            isUp ? 20 : 19,
            isUp ? NOON : NOON.minusSeconds(60),
            Status.DOWN,
            Status.UP,
            null,
            17);
    var last = isUp ? recovery : fall;
    var turn = falls == 0 || recoveries == 0 ? null : isUp ? fall : recovery;
    return new Alert.Several(
        subject("x", "", every, "UTC", state, null),
        last,
        turn,
        falls,
        recoveries,
        NOON.minus(Duration.ofHours(3)));
  }

  /// The same alert, told when the check is in another state by then.
  static Alert since(Alert alert, State state) {
    var told = alert.subject();
    var now =
        new Alert.Subject(
            told.check().in(state),
            told.details(),
            told.project(),
            told.site(),
            told.ping(),
            told.now());
    return switch (alert) {
      case Alert.WentDown down -> new Alert.WentDown(now, down.flip(), down.until());
      case Alert.Several several ->
          new Alert.Several(
              now,
              several.flip(),
              several.turn(),
              several.falls(),
              several.recoveries(),
              several.since());
      case Alert.CameUp up -> new Alert.CameUp(now, up.flip(), up.since());
      case Alert.Test test -> new Alert.Test(now, test.flip());
    };
  }

  static Ping ping(@Nullable Integer exitStatus, String body) {
    return new Ping(
        CHECK,
        17,
        NOON.minusSeconds(90),
        new Signal.Failure(null),
        exitStatus,
        new Ping.Source("https", "192.0.2.7", "POST", "curl/8.5.0"),
        Body.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  static <S> Delivery render(Channel<S> channel, Alert alert, Map<String, Object> settings) {
    return switch (channel.read(settings)) {
      case Reading.Valid<S>(var read) -> channel.render(alert, read);
      case Reading.Invalid<S> invalid -> throw new AssertionError(invalid);
    };
  }

  static String file(String name) {
    try (var in = Samples.class.getResourceAsStream("/channel/" + name)) {
      if (in == null) {
        throw new AssertionError("no file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Alert.Subject subject(
      String name, String tags, Schedule schedule, String zone, State state, @Nullable Ping ping) {
    return subject(name, tags, "", schedule, zone, state, ping);
  }

  private static Alert.Subject subject(
      String name,
      String tags,
      String description,
      Schedule schedule,
      String zone,
      State state,
      @Nullable Ping ping) {
    var check =
        new Check(
            CHECK,
            PROJECT,
            schedule,
            Duration.ofHours(1),
            Rules.NONE,
            state,
            null,
            null,
            17,
            3,
            Tally.NONE);
    var details =
        new Details(
            CHECK,
            name,
            "nightly-backup",
            tags,
            description,
            ZoneId.of(zone),
            Keywords.NONE,
            false,
            false,
            new TreeSet<>(List.of(new ChannelId(new UUID(1, 2)))),
            new UUID(3, 4),
            NOON);
    return new Alert.Subject(check, details, "Servers & <more>", SITE, ping, NOON.plusSeconds(2));
  }
}
