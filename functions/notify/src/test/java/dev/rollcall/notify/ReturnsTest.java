package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.json.Json;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.store.Notification;
import dev.rollcall.testing.LoggedText;
import dev.rollcall.testing.TablesInMemory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ses.model.MessageTag;

/// What SES says of mails that it had taken, as it comes by its topic.
class ReturnsTest {
  private static final String SET = "rollcall-mail";
  private static final String ANN = "ann@example.org";

  private final TablesInMemory memory = new TablesInMemory();
  private final Stage stage = new Stage(memory);
  private final ChannelId ann = mailTo(ANN);

  @AfterEach
  void close() {
    memory.close();
  }

  private ChannelId mailTo(String address) {
    return stage.channel("email", Map.of("value", address, "down", true, "up", true), false);
  }

  /// A check that went down, of which the channel was told.
  private CheckId told(ChannelId channel) {
    var check = stage.check(channel);
    stage.succeeds(check, NOON);
    stage.fails(check, NOON.plusSeconds(600), 3, "boom");
    stage.give("flips", 1, new Told(check, 1), new Told(check, 2));
    stage.queue.drain();
    stage.give("deliveries", 1, new Deliver(check, 2, channel, 0));
    assertThat(stage.outcomes(check)).contains(Notification.Outcome.SENT);
    return check;
  }

  /// The tags with which the last mail was sent, and what SES adds.
  private Map<String, Object> tags() {
    Map<String, Object> tags =
        stage.post.sent().getLast().tags().stream()
            .collect(
                Collectors.toMap(
                    MessageTag::name, tag -> List.of(tag.value()), (one, _) -> one, TreeMap::new));
    tags.put("ses:configuration-set", List.of(SET));
    return tags;
  }

  private static String bounce(String type, String kind, String to, Map<String, Object> tags) {
    Map<String, Object> bounce =
        Map.of(
            "bounceType",
            type,
            "bounceSubType",
            kind,
            "bouncedRecipients",
            List.of(
                Map.of(
                    "emailAddress",
                    "forwarded@example.net",
                    "status",
                    "5.1.1",
                    "diagnosticCode",
                    "smtp; 550 ann@example.org is unknown")));
    return event("Bounce", "bounce", bounce, to, tags);
  }

  private static String event(
      String type, String name, Map<String, Object> what, String to, Map<String, Object> tags) {
    return Json.write(
        Map.of(
            "eventType",
            type,
            name,
            what,
            "mail",
            Map.of("destination", List.of(to), "tags", tags)));
  }

  private void says(String message) {
    assertThat(stage.handle(Stage.fromTopic("rollcall-returns", message))).isEqualTo(back());
  }

  private Notification notification(CheckId check) {
    return stage.log.notifications(check).stream()
        .filter(each -> each.flip() == 2)
        .findFirst()
        .orElseThrow();
  }

  private void nothingChanged(CheckId check) {
    assertThat(stage.integration(ann).disabled()).isFalse();
    assertThat(stage.integration(ann).lastError()).isNull();
    assertThat(notification(check).outcome()).isEqualTo(Notification.Outcome.SENT);
  }

  @Nested
  class A_mail_that_comes_back_for_good {
    @Test
    void disables_its_channel_and_the_log_says_that_the_alert_was_refused() {
      var check = told(ann);
      stage.clock.advance(java.time.Duration.ofSeconds(5));

      says(bounce("Permanent", "General", ANN, tags()));

      assertThat(stage.integration(ann).disabled()).isTrue();
      assertThat(stage.integration(ann).lastError())
          .isEqualTo("mail came back: nobody takes it there (5.1.1)");
      assertThat(notification(check))
          .isEqualTo(
              new Notification(
                  check,
                  2,
                  ann,
                  NOON.plusSeconds(5),
                  Notification.Outcome.REFUSED,
                  "mail came back: nobody takes it there (5.1.1)"));
    }

    @Test
    void comes_twice_and_says_the_same() {
      var check = told(ann);
      says(bounce("Permanent", "General", ANN, tags()));
      says(bounce("Permanent", "General", ANN, tags()));

      assertThat(stage.outcomes(check)).containsOnlyOnce(Notification.Outcome.REFUSED);
      assertThat(stage.integration(ann).disabled()).isTrue();
    }

    @Test
    void leaves_other_channels_alone() {
      var bob = mailTo("bob@example.org");
      told(ann);
      says(bounce("Permanent", "General", ANN, tags()));

      assertThat(stage.integration(bob).disabled()).isFalse();
    }

    @Test
    void was_a_test_of_the_channel() {
      stage.give("deliveries", 1, Deliver.test(ann));
      says(bounce("Permanent", "NoEmail", ANN, tags()));

      assertThat(stage.integration(ann).disabled()).isTrue();
      assertThat(stage.integration(ann).lastError()).startsWith("mail came back");
    }

    @Test
    void is_logged_with_its_channel_and_without_an_address() {
      told(ann);
      try (var logged = new LoggedText("dev.rollcall.notify")) {
        says(bounce("Permanent", "General", ANN, tags()));
        assertThat(logged.text())
            .contains(ann.toString())
            .contains("The channel is disabled")
            .doesNotContain("example.org")
            .doesNotContain("example.net");
      }
    }

    @Test
    void is_told_again_when_the_tables_did_not_answer() {
      told(ann);
      var message = bounce("Permanent", "General", ANN, tags());
      memory.close();
      assertThatThrownBy(() -> stage.handle(Stage.fromTopic("rollcall-returns", message)))
          .isInstanceOf(Batch.NothingDone.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"Permanent,OnAccountSuppressionList", "Permanent,Suppressed"})
  void An_address_that_SES_sends_nothing_to_disables_the_channel_and_says_what_helps(
      String type, String kind) {
    var check = told(ann);
    says(bounce(type, kind, ANN, tags()));

    assertThat(stage.integration(ann).disabled()).isTrue();
    assertThat(stage.integration(ann).lastError()).contains("taken off the suppression list");
    assertThat(notification(check).outcome()).isEqualTo(Notification.Outcome.REFUSED);
  }

  @Nested
  class A_mail_that_is_called_spam {
    @Test
    void disables_its_channel_and_was_sent_all_the_same() {
      var check = told(ann);
      says(event("Complaint", "complaint", Map.of("complaintFeedbackType", "abuse"), ANN, tags()));

      assertThat(stage.integration(ann).disabled()).isTrue();
      assertThat(stage.integration(ann).lastError())
          .isEqualTo("an alert was called spam by who got it");
      assertThat(notification(check).outcome()).isEqualTo(Notification.Outcome.SENT);
    }

    @Test
    void and_then_not_disables_nothing() {
      var check = told(ann);
      says(
          event(
              "Complaint", "complaint", Map.of("complaintFeedbackType", "not-spam"), ANN, tags()));
      nothingChanged(check);
    }

    @Test
    void because_SES_knew_that_before_was_never_sent() {
      var check = told(ann);
      var suppressed = Map.<String, Object>of("complaintSubType", "OnAccountSuppressionList");
      says(event("Complaint", "complaint", suppressed, ANN, tags()));

      assertThat(stage.integration(ann).disabled()).isTrue();
      assertThat(notification(check).outcome()).isEqualTo(Notification.Outcome.REFUSED);
    }
  }

  @Nested
  class A_mail_that_may_arrive_the_next_time {
    @ParameterizedTest
    @CsvSource({
      "Transient,MailboxFull,the mailbox is full",
      "Transient,MessageTooLarge,it is too large",
      "Transient,ContentRejected,its content is refused",
      "Transient,General,it could not be delivered",
      "Undetermined,Undetermined,it could not be delivered"
    })
    void leaves_its_channel_enabled_and_shows_what_went_wrong(
        String type, String kind, String trouble) {
      var check = told(ann);
      says(bounce(type, kind, ANN, tags()));

      assertThat(stage.integration(ann).disabled()).isFalse();
      assertThat(stage.integration(ann).lastError())
          .isEqualTo("mail came back: " + trouble + " (5.1.1)");
      assertThat(notification(check).outcome()).isEqualTo(Notification.Outcome.GAVE_UP);
    }

    @Test
    void was_taken_for_malware() {
      var check = told(ann);
      says(event("Reject", "reject", Map.of("reason", "Bad content"), ANN, tags()));

      assertThat(stage.integration(ann).disabled()).isFalse();
      assertThat(stage.integration(ann).lastError()).contains("malware");
      assertThat(notification(check).outcome()).isEqualTo(Notification.Outcome.GAVE_UP);
    }

    @Test
    void does_not_enable_what_is_disabled() {
      told(ann);
      var tags = tags();
      says(bounce("Permanent", "General", ANN, tags));
      says(bounce("Transient", "General", ANN, tags));
      assertThat(stage.integration(ann).disabled()).isTrue();
    }
  }

  @Nested
  class An_event_that_is_none_of_ours {
    private final CheckId check = told(ann);

    @Test
    void is_of_another_configuration_set() {
      var tags = tags();
      tags.put("ses:configuration-set", List.of("newsletter"));
      says(bounce("Permanent", "General", ANN, tags));
      nothingChanged(check);
    }

    @Test
    void went_to_an_address_that_the_channel_no_longer_has() {
      says(bounce("Permanent", "General", "ann@example.com", tags()));
      nothingChanged(check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "7c1e9b52-6f3d-4a80-b2c4-d9e0f1a23b45"})
    void names_no_channel_that_there_is(String channel) {
      var tags = tags();
      tags.put("channel", List.of(channel));
      says(bounce("Permanent", "General", ANN, tags));
      nothingChanged(check);
    }

    @Test
    void names_a_channel_that_sends_no_mail() {
      var tags = tags();
      var web = stage.webhook("http://127.0.0.1:1/");
      tags.put("channel", List.of(web.toString()));
      says(bounce("Permanent", "General", ANN, tags));
      assertThat(stage.integration(web).disabled()).isFalse();
      nothingChanged(check);
    }

    @Test
    void names_a_flip_that_the_channel_was_not_told_of_and_writes_no_entry_for_it() {
      var other = new CheckId(UUID.randomUUID());
      var tags = tags();
      tags.put("check", List.of(other.toString()));
      says(bounce("Permanent", "General", ANN, tags));
      assertThat(stage.log.notifications(other)).isEmpty();
      assertThat(notification(check).outcome()).isEqualTo(Notification.Outcome.SENT);
      assertThat(stage.integration(ann).disabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Successfully validated SNS topic for Amazon SES event publishing.",
          "",
          "[]",
          "7",
          "{}",
          "{\"eventType\": 3, \"mail\": []}",
          "{\"eventType\": \"Bounce\", \"mail\": {\"tags\": {\"ses:configuration-set\": [\"rollcall-mail\"]}}}",
          "{\"eventType\": \"Bounce\"",
          "{\"eventType\": \"Bounce\", \"bounce\": [[[{}]]], \"mail\": {\"destination\": {}, \"tags\": []}}"
        })
    void is_no_event_at_all(String text) {
      says(text);
      nothingChanged(check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Send", "Delivery", "Open", "DeliveryDelay", "Somersault"})
    void says_nothing_of_trouble(String type) {
      says(event(type, "what", Map.of(), ANN, tags()));
      nothingChanged(check);
    }
  }

  @Test
  void Capitals_make_no_other_address() {
    told(ann);
    says(bounce("Permanent", "General", "Ann@Example.org", tags()));
    assertThat(stage.integration(ann).disabled()).isTrue();
  }
}
