package dev.rollcall.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.core.channel.Delivery.Mail;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.testing.LoggedText;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SesException;

class MailCourierTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

  private static final Mail MAIL =
      new Mail(
          "ann@example.org",
          "DOWN | Fö ✓",
          "Plain ✓\n",
          "<p>Rich ✓</p>\n",
          Map.of("X-More", "yes"));

  private static final Message.Deliver TOLD =
      new Message.Deliver(
          new CheckId(UUID.fromString("0a8f5c3e-1d2b-4c6f-9e7a-5b3d8c1f2e4a")),
          7,
          new ChannelId(UUID.fromString("7c1e9b52-6f3d-4a80-b2c4-d9e0f1a23b45")),
          0);

  private final RecordingPost post = new RecordingPost();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Metrics metrics =
      new Metrics("notify", new PrintStream(written, true, StandardCharsets.UTF_8), CLOCK);
  private final MailCourier courier =
      new MailCourier(post, "Rollcall <alerts@example.com>", "our-set", CLOCK, metrics);

  @Nested
  class A_mail {
    @Test
    void goes_from_us_to_one_address() throws MessagingException {
      assertThat(courier.send(MAIL, TOLD)).isEqualTo(new Outcome.Sent());
      assertThat(post.sent().getFirst().destinations()).containsExactly("ann@example.org");
      assertThat(post.sent().getFirst().source()).isEqualTo("Rollcall <alerts@example.com>");
      var message = post.only();
      assertThat(message.getHeader("From")).containsExactly("Rollcall <alerts@example.com>");
      assertThat(message.getHeader("To")).containsExactly("ann@example.org");
    }

    @Test
    void names_its_channel_check_and_flip_so_that_what_becomes_of_it_can_be_told() {
      var _ = courier.send(MAIL, TOLD);
      var sent = post.sent().getFirst();
      assertThat(sent.configurationSetName()).isEqualTo("our-set");
      assertThat(sent.tags())
          .extracting(MessageTag::name, MessageTag::value)
          .containsExactly(
              tuple("channel", "7c1e9b52-6f3d-4a80-b2c4-d9e0f1a23b45"),
              tuple("check", "0a8f5c3e-1d2b-4c6f-9e7a-5b3d8c1f2e4a"),
              tuple("flip", "7"));
    }

    @Test
    void that_tries_a_channel_out_names_the_channel_only() {
      var _ = courier.send(MAIL, Message.Deliver.test(TOLD.channel()));
      assertThat(post.sent().getFirst().tags())
          .extracting(MessageTag::name)
          .containsExactly("channel");
    }

    @Test
    void says_the_same_as_text_and_as_html() throws MessagingException, IOException {
      var _ = courier.send(MAIL, TOLD);
      var message = post.only();
      assertThat(message.getSubject()).isEqualTo("DOWN | Fö ✓");
      assertThat(message.getContentType()).startsWith("multipart/alternative");
      var parts = (MimeMultipart) message.getContent();
      assertThat(parts.getCount()).isEqualTo(2);
      assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
      assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Plain ✓\r\n");
      assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
      assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Rich ✓</p>\r\n");
    }

    @Test
    void has_the_headers_it_needs_and_leaves_its_identity_to_the_service()
        throws MessagingException {
      var _ = courier.send(MAIL, TOLD);
      var message = post.only();
      assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(message.getHeader("X-More")).containsExactly("yes");
      assertThat(message.getHeader("MIME-Version")).containsExactly("1.0");
      assertThat(message.getHeader("Message-ID")).isNull();
      assertThat(message.getSentDate().toInstant()).isEqualTo(CLOCK.instant());
    }
  }

  @Nested
  class The_service {
    @ParameterizedTest
    @ValueSource(strings = {"Throttling", "MessageRejected", "Internal"})
    void may_recover_from_most_errors(String code) {
      post.failWith(error(code));
      assertThat(courier.send(MAIL, TOLD))
          .isEqualTo(new Outcome.TryAgain("mail service: " + code, null));
      assertThat(courier.send(MAIL, TOLD)).isEqualTo(new Outcome.Sent());
      assertThat(written.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
      "AccessDenied, User is not authorized to perform ses:SendRawEmail",
      "AccessDeniedException, ''",
      "MailFromDomainNotVerifiedException, ''",
      "MailFromDomainNotVerified, ''",
      "AccountSendingPausedException, ''",
      "ConfigurationSetSendingPausedException, ''",
      "ConfigurationSetDoesNotExist, ''",
      "InvalidClientTokenId, ''",
      "MessageRejected, Sending paused for this account.",
      "MessageRejected, Email address is not verified. The following identities failed the check"
          + " in region EU-CENTRAL-1: ann@example.org"
    })
    void waits_for_the_operator_who_hears_of_it_at_once(String code, String text) {
      try (var logged = new LoggedText(MailCourier.class.getName())) {
        post.failWith(error(code, text));
        assertThat(courier.send(MAIL, TOLD))
            .isInstanceOfSatisfying(
                Outcome.TryAgain.class,
                again -> {
                  assertThat(again.reason()).startsWith("mail service: " + code + ", ");
                  assertThat(again.reason()).doesNotContain("@");
                  assertThat(again.after()).isNull();
                });
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("\"MailRefused\": 1}");
        assertThat(logged.text()).contains("mail refused: " + code).doesNotContain("@");
      }
      assertThat(courier.send(MAIL, TOLD)).isEqualTo(new Outcome.Sent());
    }

    @Test
    void may_refuse_without_a_word() {
      post.failWith(SesException.builder().message("?").build());
      assertThat(courier.send(MAIL, TOLD)).isEqualTo(new Outcome.TryAgain("mail service: ", null));
    }

    @Test
    void may_be_out_of_reach() {
      post.failWith(SdkClientException.create("time-out"));
      assertThat(courier.send(MAIL, TOLD))
          .isEqualTo(new Outcome.TryAgain("mail service not reached", null));
    }

    @Test
    void does_not_learn_to_read_an_address() {
      post.failWith(error("InvalidParameterValue"));
      assertThat(courier.send(MAIL, TOLD))
          .isEqualTo(new Outcome.Refused("the address is not valid"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "ann@", "a@b@c", "ann@example.org, bob@example.org"})
  void An_address_that_is_none_is_refused_unsent(String address) {
    assertThat(courier.send(new Mail(address, "s", "t", "h", Map.of()), TOLD))
        .isEqualTo(new Outcome.Refused("the address is not valid"));
    assertThat(post.sent()).isEmpty();
  }

  @Test
  void An_installation_without_a_usable_sender_does_not_start() {
    assertThatThrownBy(() -> new MailCourier(post, "nobody", null, CLOCK, metrics))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RuntimeException error(String code) {
    return error(code, null);
  }

  private static RuntimeException error(String code, @Nullable String text) {
    return SesException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(text).build())
        .build();
  }
}
