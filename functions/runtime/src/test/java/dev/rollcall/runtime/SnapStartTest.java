package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The functions with SnapStart, before and after their snapshot: Lambda calls their hooks, and
/// they wait at `/restore/next` until they are restored. No snapshot is taken here.
class SnapStartTest extends RuntimeTest {
  private static final String NOT_PRIMED = "not primed";

  private Relay tables;

  @BeforeEach
  void startRelay() throws IOException {
    tables = new Relay(cloud.dynamoPort());
  }

  @AfterEach
  void stopRelay() throws IOException {
    tables.close();
  }

  static Stream<Template.Function> functions_with_snap_start() {
    return functions().stream().filter(Template.Function::snapStart);
  }

  @ParameterizedTest
  @MethodSource("functions_with_snap_start")
  void have_spoken_to_the_tables_and_hung_up_before_the_snapshot(Template.Function function)
      throws Exception {
    try (var running = start(function)) {
      running.awaitCheckpoint();

      assertThat(tables.accepted()).isPositive();
      assertThat(tables.awaitNoneOpen()).as("connections are closed").isTrue();
      assertThat(running.output()).doesNotContain(NOT_PRIMED).doesNotContain("SLF4J");
    }
  }

  @ParameterizedTest
  @MethodSource("functions_with_snap_start")
  void leave_nothing_in_tables_and_queues(Template.Function function) throws Exception {
    var state = Items.in(cloud.dynamo(), cloud.tables().state());
    var log = Items.in(cloud.dynamo(), cloud.tables().log());
    try (var running = start(function)) {
      var waiting = waiting();
      running.awaitCheckpoint();

      assertThat(Items.in(cloud.dynamo(), cloud.tables().state()))
          .containsExactlyInAnyOrderElementsOf(state);
      assertThat(Items.in(cloud.dynamo(), cloud.tables().log()))
          .containsExactlyInAnyOrderElementsOf(log);
      assertThat(waiting()).isEqualTo(waiting).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("functions_with_snap_start")
  void answer_after_the_restore_over_connections_of_their_own(Template.Function function)
      throws Exception {
    try (var running = start(function)) {
      running.awaitCheckpoint();
      var before = tables.accepted();

      assertAnswers(running, function);

      assertThat(tables.accepted()).isGreaterThan(before);
    }
  }

  @ParameterizedTest
  @MethodSource("functions_with_snap_start")
  void answer_after_the_restore_although_no_table_answered_before(Template.Function function)
      throws Exception {
    tables.cut();
    try (var running = start(function)) {
      running.awaitCheckpoint();
      assertThat(running.output()).containsOnlyOnce(NOT_PRIMED);
      tables.mend();

      assertAnswers(running, function);

      assertThat(tables.accepted()).isPositive();
    }
  }

  /// How many messages each queue holds, those that are delayed included.
  private static Map<String, Integer> waiting() {
    var counts = new HashMap<String, Integer>();
    for (var queue : cloud.sqs().listQueues().queueUrls()) {
      var attributes =
          cloud
              .sqs()
              .getQueueAttributes(get ->
                  get.queueUrl(queue)
                      .attributeNames(
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
              .attributes();
      counts.put(queue, attributes.values().stream().mapToInt(Integer::parseInt).sum());
    }
    return counts;
  }

  private RunningFunction start(Template.Function function) throws IOException {
    var variables = new HashMap<>(cloud.variables(function));
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", tables.url());
    var own = Files.createTempDirectory(folder, function.name());
    return RunningFunction.start(function, variables, own);
  }

  private static void assertAnswers(RunningFunction running, Template.Function function) {
    var sample =
        Samples.all().stream()
            .filter(each -> each.isFor(function) && !each.onlyKeepsAwake())
            .findFirst();
    var answer = invoke(running, sample.orElseThrow().event(), RuntimeTest::isHttpAnswer);
    assertThat(isHttpAnswer(answer)).as("the answer %s", answer).isTrue();
  }
}
