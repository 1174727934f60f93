package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.store.Notification.Outcome;
import dev.rollcall.testing.TablesInMemory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The process dies at each of its calls in turn, and the message comes again.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {
  private static final int MORE_CALLS_THAN_THERE_ARE = 60;

  private final TablesInMemory memory = new TablesInMemory();

  @AfterAll
  void close() {
    memory.close();
  }

  private static boolean crashes(Stage stage, String queue, Fuse fuse, Message... messages) {
    var dynamo = fuse.guard(DynamoDbClient.class, stage.dynamo());
    var sqs = fuse.guard(SqsClient.class, stage.queue);
    var bodies = Stream.of(messages).map(Messages::write).toList();
    var answer = stage.give(dynamo, sqs, queue, 1, bodies);
    if (fuse.isBlown()) {
      return true;
    }
    assertThat(answer).isEqualTo(back());
    return false;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void A_flip_reaches_every_channel_and_is_told_whichever_call_of_the_fan_out_is_the_last(
      boolean takesEffect) {
    var stage = new Stage(memory);
    var one = stage.webhook("http://x.example/1");
    var two = stage.webhook("http://x.example/2");
    var crashed = true;
    for (int call = 1; crashed; call++) {
      assertThat(call).isLessThan(MORE_CALLS_THAN_THERE_ARE);
      var check = stage.check(one, two);
      stage.succeeds(check, NOON);
      stage.fails(check, NOON.plusSeconds(30), 1, "");
      stage.succeeds(check, NOON.plusSeconds(40));
      stage.queue.drain();
      crashed = crashes(stage, "flips", new Fuse(call, takesEffect), told(check));
      assertThat(stage.give("flips", 2, told(check))).isEqualTo(back());
      assertThat(stage.queue.drain())
          .contains(
              new Deliver(check, 2, one, 0),
              new Deliver(check, 2, two, 0),
              new Deliver(check, 3, one, 2),
              new Deliver(check, 3, two, 2))
          .allMatch(deliver -> deliver.check().equals(check) && deliver.flip() > 1);
      assertThat(stage.agenda(check, one).orElseThrow().waiting()).containsExactly(2L, 3L);
      assertThat(stage.agenda(check, two).orElseThrow().waiting()).containsExactly(2L, 3L);
      assertThat(stage.untold(check)).isEmpty();
      assertThat(stage.log.flips(check, 10)).extracting(Flip::number).containsExactly(3L, 2L, 1L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void A_channel_is_told_whichever_call_of_the_delivery_is_the_last(boolean takesEffect) {
    var stage = new Stage(memory);
    try (var receiver = new Receiver()) {
      var hook = stage.webhook(receiver.at("/$CODE").toString());
      var crashed = true;
      for (int call = 1; crashed; call++) {
        assertThat(call).isLessThan(MORE_CALLS_THAN_THERE_ARE);
        var check = stage.check(hook);
        stage.fails(check, NOON, 1, "");
        stage.give("flips", 1, new Told(check, 1));
        var message = new Deliver(check, 1, hook, 0);
        crashed = crashes(stage, "deliveries", new Fuse(call, takesEffect), message);
        assertThat(stage.give("deliveries", 2, message)).isEqualTo(back());
        assertThat(receiver.targets()).contains("/" + check);
        assertThat(stage.outcomes(check)).containsExactly(Outcome.SENT);
      }
    }
  }

  private static Message[] told(CheckId check) {
    return new Message[] {new Told(check, 1), new Told(check, 2), new Told(check, 3)};
  }
}
