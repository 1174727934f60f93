package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.edge.Priming;
import dev.rollcall.edge.Rehearsal;
import dev.rollcall.edge.Settings;
import dev.rollcall.store.Tables;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Recorder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What the function does before its snapshot, on clients that reach nobody.
class RehearsalTest {
  private static final Settings SETTINGS =
      new Settings(
          Map.of(
                  "ROLLCALL_STATE_TABLE", "state",
                  "ROLLCALL_LOG_TABLE", "log",
                  "ROLLCALL_FLIPS_QUEUE", "https://queue.example.org/flips",
                  "ROLLCALL_DUE_QUEUE", "https://queue.example.org/due",
                  "ROLLCALL_DELIVERIES_QUEUE", "https://queue.example.org/deliveries",
                  "ROLLCALL_SITE_ROOT", "https://rollcall.example.org")
              ::get);

  private static final List<Priming.Request> REHEARSED = ApiFunction.REHEARSED;

  @ParameterizedTest
  @FieldSource("REHEARSED")
  void a_rehearsed_request_is_answered(Priming.Request request) throws IOException {
    try (var rehearsal = new Rehearsal(new Tables("state", "log"))) {
      var function = ApiFunction.rehearsed(SETTINGS, rehearsal.dynamoDb(), rehearsal.sqs());

      assertThat(request.isMetBy(function)).isTrue();
    }
  }

  @Test
  void the_list_of_checks_is_read_as_every_list_is() throws IOException {
    try (var rehearsal = new Rehearsal(new Tables("state", "log"))) {
      var recorder = new Recorder();
      var dynamo = recorder.record(rehearsal.dynamoDb());

      REHEARSED.getFirst().isMetBy(ApiFunction.rehearsed(SETTINGS, dynamo, rehearsal.sqs()));

      // What the data says of itself, and the key; then the list, and its checks.
      assertThat(recorder.calls().stream().map(Call::operation))
          .containsExactly("getItem", "getItem", "query", "batchGetItem");
    }
  }
}
