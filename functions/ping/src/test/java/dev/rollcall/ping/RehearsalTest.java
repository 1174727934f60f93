package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.edge.Priming;
import dev.rollcall.edge.Rehearsal;
import dev.rollcall.edge.Settings;
import dev.rollcall.store.RehearsedTables;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Recorder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the function does before its snapshot, on clients that reach nobody.
class RehearsalTest {

  @SuppressWarnings("unused") // by the test below
  private static final List<Priming.Request> HEARD = PingFunction.HEARD;

  /// Otherwise the first real ping would take a way that was never taken.
  @ParameterizedTest
  @FieldSource("HEARD")
  void a_rehearsed_ping_makes_the_calls_of_a_ping_to_a_check_that_is_up(Priming.Request ping)
      throws IOException {
    try (var world = new PingWorld()) {
      world.project.add(
          RehearsedTables.CHECK, "", HOUR, Duration.ofMinutes(1), Rules.NONE, Keywords.NONE);
      world.comesUp(RehearsedTables.CHECK);
      var real = calls(ping, world, world.memory.client(), world.queues, world.clock);

      try (var rehearsal = new Rehearsal(world.memory.tables())) {
        var rehearsed =
            calls(ping, world, rehearsal.dynamoDb(), rehearsal.sqs(), InstantSource.system());

        assertThat(rehearsed).isEqualTo(real).contains("putItem");
      }
    }
  }

  /// The calls of a ping that is answered as it should be, in order.
  private static List<String> calls(
      Priming.Request ping,
      PingWorld world,
      DynamoDbClient dynamo,
      SqsClient sqs,
      InstantSource clock)
      throws IOException {
    var recorder = new Recorder();
    var tables = world.memory.tables();
    var settings =
        new Settings(
            Map.of(
                    "ROLLCALL_STATE_TABLE", tables.state(),
                    "ROLLCALL_LOG_TABLE", tables.log(),
                    "ROLLCALL_FLIPS_QUEUE", "https://queue.example.org/flips",
                    "ROLLCALL_DUE_QUEUE", "https://queue.example.org/due",
                    "ROLLCALL_INBOX_QUEUE", "https://queue.example.org/inbox")
                ::get);
    var function = new PingFunction(settings, recorder.record(dynamo), sqs, clock);
    assertThat(ping.isMetBy((event, answer) -> function.handleRequest(event, answer, null)))
        .isTrue();
    return recorder.calls().stream().map(Call::operation).toList();
  }
}
