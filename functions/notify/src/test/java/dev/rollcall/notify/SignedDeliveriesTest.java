package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.TablesInMemory;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A check that went down, a channel that was made before channels had secrets, and others that
/// were made since.
class SignedDeliveriesTest {
  private static final SigningSecret SECRET = new SigningSecret("0123456789abcdef0123456789abcdef");

  private final TablesInMemory memory = new TablesInMemory();
  private final Receiver receiver = new Receiver();
  private final Map<String, Object> settings =
      Map.of(
          "method_down", "POST",
          "url_down", receiver.at("/").toString(),
          "body_down", "$NAME is $STATUS — ö");
  private final ChannelId former =
      new Stage(memory).channel("webhook", Map.of("url_down", receiver.at("/").toString()), false);
  private final Stage stage = stage();
  private final ChannelId hook = made("webhook", settings);
  private final CheckId check = stage.check(hook, former);

  SignedDeliveriesTest() {
    stage.succeeds(check, NOON);
    stage.fails(check, NOON.plusSeconds(600), 3, "boom");
    stage.give("flips", 1, new Told(check, 1), new Told(check, 2));
    stage.queue.drain();
    stage.clock.advance(Duration.ofMinutes(11));
  }

  @AfterEach
  void close() {
    receiver.close();
    memory.close();
  }

  private Stage stage() {
    new SchemaItems(memory).own();
    return new Stage(memory);
  }

  private ChannelId made(String kind, Map<String, Object> as) {
    var id = new ChannelId(UUID.randomUUID());
    stage.integrations.create(
        new Integration(id, stage.project.id(), kind, "", as, SECRET, false, null, NOON));
    return id;
  }

  private String give(int receiveCount, Deliver... messages) {
    return stage.give("deliveries", receiveCount, messages);
  }

  private String header(int request, String name) {
    return receiver.requests().get(request).headers().getOrDefault(name, "none");
  }

  @Test
  void A_webhook_is_signed_over_what_its_receiver_gets() {
    assertThat(give(1, new Deliver(check, 2, hook, 0))).isEqualTo(back());
    var got = receiver.requests().getFirst();
    assertThat(got.body()).isEqualTo("Backup is down — ö");
    assertThat(header(0, "webhook-timestamp"))
        .isEqualTo(Long.toString(NOON.plus(Duration.ofMinutes(11)).getEpochSecond()));
    assertThat(header(0, "webhook-signature"))
        .isEqualTo(
            Signature.sign(
                SECRET.key(),
                header(0, "webhook-id"),
                Instant.ofEpochSecond(Long.parseLong(header(0, "webhook-timestamp"))),
                got.body().getBytes(UTF_8)));
  }

  @Test
  void Another_try_has_the_same_name_and_a_time_of_its_own() {
    receiver.answer(500);
    assertThat(give(1, new Deliver(check, 2, hook, 0))).isEqualTo(back(0));
    stage.clock.advance(Duration.ofHours(3));
    assertThat(give(2, new Deliver(check, 2, hook, 0))).isEqualTo(back());
    assertThat(header(1, "webhook-id")).isEqualTo(header(0, "webhook-id")).startsWith("msg_");
    assertThat(Long.parseLong(header(1, "webhook-timestamp")))
        .isEqualTo(Long.parseLong(header(0, "webhook-timestamp")) + 3 * 3600);
    assertThat(header(1, "webhook-signature")).isNotEqualTo(header(0, "webhook-signature"));
  }

  @Test
  void Nothing_of_the_check_is_told_by_the_name() {
    assertThat(give(1, new Deliver(check, 2, hook, 0))).isEqualTo(back());
    assertThat(header(0, "webhook-id"))
        .doesNotContain(check.toString(), check.toString().replace("-", ""));
  }

  @Test
  void Tests_of_a_channel_are_signed_too_each_by_a_name_of_its_own() {
    assertThat(give(1, Deliver.test(hook), Deliver.test(hook))).isEqualTo(back());
    assertThat(List.of(header(0, "webhook-id"), header(1, "webhook-id"))).doesNotHaveDuplicates();
    assertThat(List.of(header(0, "webhook-signature"), header(1, "webhook-signature")))
        .allMatch(signature -> signature.startsWith("v1,"));
  }

  @Test
  void A_channel_without_a_secret_is_told_unsigned() {
    assertThat(give(1, new Deliver(check, 2, former, 0))).isEqualTo(back());
    assertThat(receiver.requests().getFirst().headers())
        .doesNotContainKeys("webhook-id", "webhook-timestamp", "webhook-signature");
  }

  @Test
  void Headers_that_the_user_has_set_are_sent_as_they_are_and_nothing_is_signed() {
    var own =
        made(
            "webhook",
            Map.of(
                "url_down", receiver.at("/").toString(),
                "headers_down", Map.of("Webhook-Signature", "v1,mine")));
    assertThat(give(1, new Deliver(check, 2, own, 0))).isEqualTo(back());
    assertThat(header(0, "webhook-signature")).isEqualTo("v1,mine");
    assertThat(header(0, "webhook-id")).isEqualTo("none");
  }

  @Test
  void A_mail_is_sent_as_ever() throws MessagingException {
    var ann = made("email", Map.of("value", "ann@example.org"));
    assertThat(give(1, new Deliver(check, 2, ann, 0))).isEqualTo(back());
    assertThat(stage.post.only().getSubject()).isEqualTo("DOWN | Backup");
    assertThat(stage.post.only().getHeader("webhook-signature")).isNull();
  }
}
