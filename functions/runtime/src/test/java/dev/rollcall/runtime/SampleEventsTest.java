package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.CheckStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final Map<String, RunningFunction> RUNNING = new HashMap<>();

  @BeforeAll
  static void startFunctions() throws IOException {
    for (var function : functions()) {
      var own = folder.resolve(function.name());
      own.toFile().mkdir();
      RUNNING.put(function.name(), RunningFunction.start(function, cloud.variables(function), own));
    }
    SampleCheck.keep(cloud);
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
    assertCounted("PingFunction", Samples.named("ping-success.json").event());
  }

  @Test
  void of_a_ping_that_waited_is_counted_by_its_check() {
    assertCounted("InboxFunction", Samples.named("inbox-waiting.json").event());
  }

  @Test
  void of_a_mail_is_counted_by_its_check() {
    // The sample itself may have been heard, and counts once.
    var mail = Samples.named("mail-received.json").event().replace("o3vrnil0e2ic", "anothermail0");
    assertCounted("MailFunction", mail);
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
            ? RuntimeTest::isHttpAnswer
            : answer -> failed(answer).equals(sample.strangers());

    var answer = invoke(function.name(), cloud.outside().addressed(sample.event()), good);

    assertThat(good.test(answer)).as("the answer %s", answer).isTrue();
    var output = running(function.name()).output();
    assertThat(sample.secrets()).allSatisfy(secret -> assertThat(output).doesNotContain(secret));
  }

  private static List<String> failed(JsonNode answer) {
    return answer
        .path("batchItemFailures")
        .valueStream()
        .map(message -> message.path("itemIdentifier").asString(""))
        .toList();
  }

  private static void assertCounted(String function, String event) {
    var before = pings();

    invoke(function, event, _ -> pings() > before);

    assertThat(pings()).isGreaterThan(before);
  }

  private static JsonNode invoke(String function, String event, Predicate<JsonNode> good) {
    return invoke(running(function), event, good);
  }

  private static RunningFunction running(String function) {
    return Objects.requireNonNull(RUNNING.get(function), function);
  }

  private static long pings() {
    return new CheckStore(cloud.dynamo(), cloud.tables())
        .find(SampleCheck.ID)
        .orElseThrow()
        .check()
        .pings();
  }
}
