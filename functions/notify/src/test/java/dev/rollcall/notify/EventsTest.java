package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.testing.TablesInMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The sample events, as Lambda would hand them over.
class EventsTest {
  private static final CheckId CHECK =
      new CheckId(UUID.fromString("0a8f5c3e-1d2b-4c6f-9e7a-5b3d8c1f2e4a"));
  private static final ChannelId CHANNEL =
      new ChannelId(UUID.fromString("7c1e9b52-6f3d-4a80-b2c4-d9e0f1a23b45"));

  @Test
  void Are_taken_from_flip_to_delivery() throws IOException {
    try (var memory = new TablesInMemory();
        var receiver = new Receiver()) {
      var stage = new Stage(memory);
      Map<String, Object> settings = Map.of("url_down", receiver.at("/").toString());
      stage.integrations.create(
          new Integration(CHANNEL, stage.project.id(), "webhook", "", settings, false, null, NOON));
      stage.check(CHECK, CHANNEL);
      stage.fails(CHECK, NOON, 1, "");

      assertThat(stage.handle(event("notify-flips.json"))).isEqualTo(Stage.back());
      assertThat(stage.queue.deliveries()).containsExactly(new Deliver(CHECK, 1, CHANNEL, 0));

      receiver.answer(500);
      assertThat(stage.handle(event("notify-deliveries.json")))
          .contains("9b1c4d7e-2f60-4a83-b5c9-0d1e2f3a4b05");
      assertThat(stage.queue.hidden())
          .containsExactly(new RecordingQueue.Hidden("AQEBdeliveries1", Duration.ofSeconds(2)));
      assertThat(stage.handle(event("notify-deliveries.json"))).isEqualTo(Stage.back());
      assertThat(receiver.requests()).hasSize(2);
    }
  }

  @Test
  void Disable_a_channel_whose_mail_came_back() throws IOException {
    try (var memory = new TablesInMemory()) {
      var stage = new Stage(memory);
      Map<String, Object> settings = Map.of("value", "ann@example.org", "down", true, "up", true);
      stage.integrations.create(
          new Integration(CHANNEL, stage.project.id(), "email", "", settings, false, null, NOON));

      assertThat(stage.handle(event("notify-returns.json"))).isEqualTo(Stage.back());
      assertThat(stage.integration(CHANNEL).disabled()).isTrue();
    }
  }

  private static String event(String name) throws IOException {
    try (var in = EventsTest.class.getResourceAsStream("/events/" + name)) {
      if (in == null) {
        throw new AssertionError("no event " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
