package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.testing.BadDay;
import dev.rollcall.testing.TablesInMemory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// A function that nothing answers does not seem to work: it fails, and an alarm hears of it.
class BlindnessTest {
  private final TablesInMemory memory = new TablesInMemory();
  private final Stage stage = new Stage(memory);
  private final BadDay badDay = new BadDay();
  private final ChannelId hook = stage.webhook("http://127.0.0.1:9/");
  private final CheckId check = stage.check(hook);

  BlindnessTest() {
    stage.fails(check, NOON, 1, "");
    badDay.everythingFails(
        () -> DynamoDbException.builder().message("not authorized: " + check).build());
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void A_batch_of_flips_is_an_error() {
    assertIsAnError("flips", new Told(check, 1), new Told(check, 1));
  }

  @Test
  void A_batch_of_deliveries_is_an_error() {
    assertIsAnError("deliveries", new Deliver(check, 1, hook, 0), Deliver.test(hook));
  }

  private void assertIsAnError(String queue, Message... messages) {
    var handler =
        NotifyWiring.handler(
            new Settings(Stage.VARIABLES::get),
            badDay.on(memory.client()),
            badDay.on(stage.queue),
            stage.post,
            stage.clock);
    var bodies = Stream.of(messages).map(Messages::write).toList();
    var event = Stage.event(queue, 1, bodies).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> handler.apply(new ByteArrayInputStream(event)))
        .isInstanceOf(Batch.NothingDone.class)
        .hasMessageContaining("DynamoDbException")
        .hasMessageNotContaining(check.toString())
        .hasNoCause();
  }
}
