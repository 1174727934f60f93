package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.runtime.RuntimeApi.Answer;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.ProjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Every sample event, taken by its function as Lambda would run it.
class SampleEventsTest extends RuntimeTest {

  /// The check that the samples name.
  private static final CheckId CHECK =
      new CheckId(UUID.fromString("6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e"));

  private static final int TRIES = 5;

  private static final Map<String, RunningFunction> RUNNING = new HashMap<>();

  @BeforeAll
  static void startFunctions() throws IOException {
    for (var function : functions()) {
      var own = folder.resolve(function.name());
      own.toFile().mkdir();
      RUNNING.put(function.name(), RunningFunction.start(function, cloud.variables(function), own));
    }
    makeCheck();
  }

  @AfterAll
  static void stopFunctions() {
    RUNNING.values().forEach(RunningFunction::close);
    RUNNING.clear();
  }

  @TestFactory
  Stream<DynamicTest> are_answered_and_stay_out_of_the_log() {
    return functions().stream()
        .flatMap(function ->
            Samples.all().stream()
                .filter(sample -> sample.isFor(function))
                .map(sample ->
                    DynamicTest.dynamicTest(sample.file(), () -> isAnswered(sample, function))));
  }

  @Test
  void each_belong_to_a_function() {
    assertThat(Samples.all())
        .allSatisfy(
            sample -> assertThat(TEMPLATE.functions()).filteredOn(sample::isFor).hasSize(1));
  }

  @Test
  void leave_no_function_out() {
    assertThat(functions())
        .allSatisfy(function ->
            assertThat(Samples.all())
                .anySatisfy(sample -> assertThat(sample.isFor(function)).isTrue()));
  }

  @Test
  void of_a_ping_is_counted_by_its_check() {
    assertCounted("PingFunction", "ping-success.json");
  }

  @Test
  void of_a_ping_that_waited_is_counted_by_its_check() {
    assertCounted("InboxFunction", "inbox-waiting.json");
  }

  @TestFactory
  Stream<DynamicTest> of_an_unknown_shape_are_not_logged() {
    return functions().stream()
        .map(function ->
            DynamicTest.dynamicTest(
                function.name(),
                () -> {
                  running(function.name()).invoke("{\"surprise\": [\"never logged\"]}");
                  running(function.name()).invoke("[\"never logged\"]");
                  assertThat(running(function.name()).output()).doesNotContain("never logged");
                }));
  }

  private static void isAnswered(Samples.Sample sample, Template.Function function) {
    Predicate<JsonNode> good =
        function.snapStart()
            ? SampleEventsTest::isHttpAnswer
            : answer -> failed(answer).equals(sample.strangers());

    var answer = invoke(function.name(), sample.event(), good);

    assertThat(good.test(answer)).as("the answer %s", answer).isTrue();
    var output = running(function.name()).output();
    assertThat(sample.secrets()).allSatisfy(secret -> assertThat(output).doesNotContain(secret));
  }

  private static boolean isHttpAnswer(JsonNode answer) {
    var status = answer.path("statusCode").asInt(0);
    return status >= 200
        && status < 500
        && answer.path("headers").isObject()
        && answer.path("body").isString();
  }

  private static List<String> failed(JsonNode answer) {
    return answer
        .path("batchItemFailures")
        .valueStream()
        .map(message -> message.path("itemIdentifier").asString(""))
        .toList();
  }

  private static void assertCounted(String function, String sample) {
    var before = pings();

    invoke(function, Samples.named(sample).event(), _ -> pings() > before);

    assertThat(pings()).isGreaterThan(before);
  }

  /// Invokes a function until its answer is good, as clients and queues would: on a machine with
  /// too much to do, what it calls may not answer in time.
  private static JsonNode invoke(String function, String event, Predicate<JsonNode> good) {
    var answer = Samples.json(returned(running(function).invoke(event)));
    for (int tries = 1; tries < TRIES && !good.test(answer); tries++) {
      answer = Samples.json(returned(running(function).invoke(event)));
    }
    return answer;
  }

  private static RunningFunction running(String function) {
    return Objects.requireNonNull(RUNNING.get(function), function);
  }

  private static String returned(Answer answer) {
    return switch (answer) {
      case Answer.Returned(var body) -> body;
      case Answer.Failed(var error) -> throw new AssertionError(error);
    };
  }

  private static long pings() {
    return new CheckStore(cloud.dynamo(), cloud.tables()).find(CHECK).orElseThrow().check().pings();
  }

  private static void makeCheck() {
    var project = new ProjectId(UUID.fromString("8f6c1f5e-2f0b-4c68-9d57-0d7d2d2c9d10"));
    new ProjectStore(cloud.dynamo(), cloud.tables())
        .create(new Project(project, "Sample", "k3yk3yk3yk3yk3yk3yk3y0", "badge-key", 20, 100));
    var details =
        new Details(
            CHECK,
            "Nightly backup",
            "nightly-backup",
            "",
            "",
            ZoneOffset.UTC,
            Keywords.NONE,
            false,
            false,
            new TreeSet<>(),
            UUID.fromString("0d4d8d2b-6b63-4f0c-8a44-3e0d3f6a1b22"),
            Instant.parse("2026-01-01T00:00:00Z"));
    var check =
        Check.create(
            CHECK, project, new Every(Duration.ofDays(1)), Duration.ofHours(1), Rules.NONE);
    new CheckCatalog(cloud.dynamo(), cloud.tables()).create(check, details, 20, true);
  }
}
