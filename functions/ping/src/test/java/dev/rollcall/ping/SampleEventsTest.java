package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Run;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.State;
import dev.rollcall.ping.PingWorld.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Every file of `/events` that is this module's, taken by a check that was up, and what became of
/// it.
class SampleEventsTest {
  private static final CheckId CHECK =
      new CheckId(UUID.fromString("6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e"));
  private static final RunId RUN =
      new RunId(UUID.fromString("11111111-1111-4111-8111-111111111111"));
  private static final Ping.Source CURL =
      new Ping.Source("https", "203.0.113.7", "GET", "curl/8.5.0");

  private static final Map<String, BiConsumer<PingWorld, InputStream>> SENTENCES =
      Map.ofEntries(
          Map.entry("ping-success.json", SampleEventsTest::success),
          Map.entry("ping-site.json", SampleEventsTest::success),
          Map.entry("ping-start.json", SampleEventsTest::start),
          Map.entry("ping-fail.json", SampleEventsTest::failure),
          Map.entry("ping-log.json", SampleEventsTest::log),
          Map.entry("ping-exit-status.json", SampleEventsTest::exitStatus),
          Map.entry("ping-slug.json", SampleEventsTest::slug),
          Map.entry("ping-slug-create.json", SampleEventsTest::create),
          Map.entry("ping-body-base64.json", SampleEventsTest::binaryBody),
          Map.entry("inbox-drain.json", SampleEventsTest::drain),
          Map.entry("inbox-waiting.json", SampleEventsTest::waiting),
          Map.entry("mail-received.json", SampleEventsTest::mail),
          Map.entry("ping-awake.json", SampleEventsTest::awakePing),
          Map.entry("mail-awake.json", SampleEventsTest::awakeMail));

  @TestFactory
  Stream<DynamicTest> tell_what_becomes_of_it() {
    return SENTENCES.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () -> {
                  try (var world = new PingWorld();
                      var event = open(entry.getKey())) {
                    prepare(world);
                    entry.getValue().accept(world, event);
                  }
                }));
  }

  @Test
  void all_have_a_sentence() throws Exception {
    var folder = Objects.requireNonNull(SampleEventsTest.class.getResource("/events")).toURI();
    try (var files = Files.list(Path.of(folder))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.matches("(ping|inbox|mail)-.*")))
          .containsExactlyInAnyOrderElementsOf(SENTENCES.keySet());
    }
  }

  private static void success(PingWorld world, InputStream event) {
    assertHeard(world.ping(event));
    assertThat(world.check(CHECK).state()).isEqualTo(new State.Up(NOON));
    assertThat(world.lastPing(CHECK))
        .isEqualTo(new Ping(CHECK, 2, NOON, new Signal.Success(null), null, CURL, Body.EMPTY));
  }

  private static void start(PingWorld world, InputStream event) {
    assertHeard(world.ping(event));
    assertThat(world.check(CHECK).run()).isEqualTo(new Run(RUN, NOON));
    assertThat(world.lastPing(CHECK).signal()).isEqualTo(new Signal.Start(RUN));
  }

  private static void failure(PingWorld world, InputStream event) {
    assertHeard(world.ping(event));
    assertThat(world.check(CHECK).state()).isEqualTo(new State.Down(NOON, Reason.FAILURE, NOON));
    assertThat(world.lastPing(CHECK))
        .isEqualTo(
            new Ping(
                CHECK,
                2,
                NOON,
                new Signal.Failure(null),
                null,
                new Ping.Source("https", "203.0.113.7", "POST", "healthchecks-io/0.4.4"),
                text("rsync: connection unexpectedly closed")));
    assertThat(world.queues.sentTo("flips")).hasSize(1);
  }

  private static void log(PingWorld world, InputStream event) {
    assertHeard(world.ping(event));
    assertThat(world.check(CHECK).state()).isEqualTo(new State.Up(NOON.minusSeconds(60)));
    assertThat(world.lastPing(CHECK).signal()).isEqualTo(new Signal.Log(null));
    assertThat(world.lastPing(CHECK).body()).isEqualTo(text("42 files copied"));
  }

  private static void exitStatus(PingWorld world, InputStream event) {
    assertHeard(world.ping(event));
    assertThat(world.check(CHECK).state()).isEqualTo(new State.Down(NOON, Reason.FAILURE, NOON));
    assertThat(world.lastPing(CHECK).exitStatus()).isEqualTo(23);
    assertThat(world.lastPing(CHECK).source())
        .isEqualTo(new Ping.Source("https", "2001:db8::7", "HEAD", "Wget/1.21.4"));
  }

  private static void slug(PingWorld world, InputStream event) {
    assertHeard(world.ping(event));
    assertThat(world.check(CHECK).state()).isEqualTo(new State.Up(NOON));
  }

  private static void create(PingWorld world, InputStream event) {
    var answer = world.ping(event);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("Created");
    var made =
        world.catalog.list(world.check(CHECK).project()).stream()
            .filter(record -> record.details().slug().equals("new-job"))
            .findFirst()
            .orElseThrow();
    assertThat(made.details().createdAt()).isEqualTo(NOON);
    assertThat(made.item().check().state()).isEqualTo(new State.Up(NOON));
    assertThat(world.lastPing(made.details().id()).body()).isEqualTo(text("first run"));
  }

  private static void binaryBody(PingWorld world, InputStream event) {
    assertHeard(world.ping(event));
    assertThat(world.lastPing(CHECK).body())
        .isEqualTo(Body.of(new byte[] {0, (byte) 0xff, (byte) 0xfe, 0x0a}));
  }

  private static void drain(PingWorld world, InputStream event) {
    world.edit(CHECK, "_v", AttributeValue.fromN("7"));
    assertHeard(world.ping("/ping/" + CHECK + "/fail"));
    world.edit(CHECK, "_v", AttributeValue.fromN("1"));
    assertThat(world.drain(event)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(world.kept()).isEmpty();
    assertThat(world.lastPing(CHECK).signal()).isEqualTo(new Signal.Failure(null));
  }

  private static void waiting(PingWorld world, InputStream event) {
    assertThat(world.drain(event)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(world.check(CHECK).pings()).isEqualTo(2);
    assertThat(world.lastPing(CHECK))
        .isEqualTo(
            new Ping(
                CHECK,
                2,
                Instant.parse("2026-06-01T11:55:00.123456Z"),
                new Signal.Failure(RUN),
                7,
                new Ping.Source("https", "203.0.113.7", "POST", "curl/8.5.0"),
                text("disk full")));
  }

  private static void mail(PingWorld world, InputStream event) {
    var message = "Subject: Cron\r\n\r\nbackup complete".getBytes(StandardCharsets.UTF_8);
    world.messages.put("o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1", message);
    world.receive(event);
    var at = Instant.parse("2026-06-01T11:59:58.417Z");
    assertThat(world.check(CHECK).state()).isEqualTo(new State.Up(at));
    assertThat(world.lastPing(CHECK))
        .isEqualTo(
            new Ping(
                CHECK,
                2,
                at,
                new Signal.Success(null),
                null,
                new Ping.Source("email", null, "", "Email from root@db1.example.org"),
                Body.of(message),
                new Ping.Mail("Cron", "backup complete")));
  }

  private static void awakePing(PingWorld world, InputStream event) {
    world.badDay.ends();
    assertThat(world.ping(event).status()).isEqualTo(404);
    assertNothingHappened(world);
  }

  private static void awakeMail(PingWorld world, InputStream event) {
    world.badDay.ends();
    world.receive(event);
    assertNothingHappened(world);
  }

  /// The daily call of a schedule asks AWS for nothing, so that it changes nothing.
  private static void assertNothingHappened(PingWorld world) {
    assertThat(world.badDay.calls()).isZero();
    assertThat(world.check(CHECK).pings()).isEqualTo(1);
    assertThat(world.queues.sent()).isEmpty();
  }

  private static void prepare(PingWorld world) {
    world.project.add(
        CHECK, "nightly-backup", PingWorld.HOUR, PingWorld.TEN_MINUTES, Rules.NONE, Keywords.NONE);
    world.comesUp(CHECK);
  }

  private static void assertHeard(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("OK");
  }

  private static Body text(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream open(String name) throws IOException {
    var stream = SampleEventsTest.class.getResourceAsStream("/events/" + name);
    if (stream == null) {
      throw new IOException("no event " + name);
    }
    return stream;
  }
}
