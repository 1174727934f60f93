package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.store.Notification;
import dev.rollcall.testing.TablesInMemory;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What nobody has thought of is tried again, and given up at last with a reason; no channel is
/// disabled for it.
class GivenUpTest {
  private final TablesInMemory memory = new TablesInMemory();
  private final Stage stage = new Stage(memory);

  @AfterEach
  void close() {
    memory.close();
  }

  private void isGivenUp(ChannelId channel, String reason) {
    var check = stage.check(channel);
    stage.succeeds(check, NOON);
    stage.fails(check, NOON.plusSeconds(600), 3, "boom");
    stage.give("flips", 1, new Told(check, 1), new Told(check, 2));
    stage.queue.drain();
    var fall = new Deliver(check, 2, channel, 0);

    assertThat(stage.give("deliveries", 1, fall)).isEqualTo(back(0));
    assertThat(stage.integration(channel).lastError()).isEqualTo(reason);
    assertThat(stage.outcomes(check)).doesNotContain(Notification.Outcome.GAVE_UP);

    for (int tries = 2; tries < Backoff.TRIES; tries++) {
      assertThat(stage.give("deliveries", tries, fall)).isEqualTo(back(0));
    }
    assertThat(stage.give("deliveries", Backoff.TRIES, fall)).isEqualTo(back());
    assertThat(stage.outcomes(check)).contains(Notification.Outcome.GAVE_UP);
    assertThat(stage.integration(channel).lastError()).isEqualTo(reason);
    assertThat(stage.integration(channel).disabled()).isFalse();
  }

  @Test
  void An_answer_that_breaks_the_client() {
    try (var receiver = new RawReceiver()) {
      for (int tries = 0; tries < Backoff.TRIES; tries++) {
        receiver.then("HTTP/1.1 000 X\r\n\r\n");
      }
      isGivenUp(
          stage.webhook(receiver.uri().toString()),
          "failed unexpectedly: IllegalArgumentException");
    }
  }

  @Test
  void A_redirect_to_a_port_that_there_is_not() {
    try (var receiver = new Receiver()) {
      for (int tries = 0; tries < Backoff.TRIES; tries++) {
        receiver.answer(302, "Location", "http://127.0.0.1:99999/x");
      }
      isGivenUp(
          stage.webhook(receiver.at("/").toString()), "redirected to something that is no website");
    }
  }

  @Test
  void A_header_that_would_fill_the_memory() {
    isGivenUp(
        stage.channel(
            "webhook",
            Map.of(
                "url_down",
                "http://127.0.0.1:1/",
                "headers_down",
                Map.of("X-J", "$JSON".repeat(2000))),
            false),
        "with its placeholders replaced, the headers would have more than 65,536 characters");
  }

  @Test
  void A_mail_that_breaks_the_client() {
    for (int tries = 0; tries < Backoff.TRIES; tries++) {
      stage.post.failWith(new IllegalArgumentException("s3cret"));
    }
    isGivenUp(
        stage.channel("email", Map.of("value", "ann@example.org"), false),
        "failed unexpectedly: IllegalArgumentException");
  }
}
