package dev.rollcall.local.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.model.SesException;

class CaughtMailTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);

  private final CaughtMail ses = CaughtMail.inMemory(CLOCK);

  @Nested
  class A_mail_that_was_caught {
    @Test
    void is_read_with_its_parts_and_headers() throws Exception {
      send(ses, alert());

      var mail = ses.mails().getFirst();
      assertThat(mail.to()).containsExactly("ann@example.org", "bob@example.org");
      assertThat(mail.from()).isEqualTo("Rollcall é <rollcall@example.org>");
      assertThat(mail.subject()).isEqualTo("DOWN | Sicherung täglich");
      assertThat(mail.text()).isEqualTo("It is down: täglich");
      assertThat(mail.html()).isEqualTo("<p>It is down: täglich</p>");
      assertThat(mail.headers().get("list-unsubscribe"))
          .containsExactly("<https://example.org/unsubscribe>");
      assertThat(mail.at()).isEqualTo(NOON);
    }

    @Test
    void may_be_plain_text_alone() {
      send(ses, plain("hello"));

      var mail = ses.mails().getFirst();
      assertThat(mail.text()).isEqualTo("hello");
      assertThat(mail.html()).isEmpty();
      assertThat(mail.subject()).isEmpty();
    }

    @Test
    void does_not_take_an_attachment_for_its_text() throws Exception {
      var attached = new MimeBodyPart();
      attached.setText("attached");
      attached.setDisposition(MimeBodyPart.ATTACHMENT);
      var text = new MimeBodyPart();
      text.setText("written");
      var message = addressed();
      message.setContent(new MimeMultipart("mixed", attached, text));

      send(ses, bytes(message));

      assertThat(ses.mails().getFirst().text()).isEqualTo("written");
    }

    @Test
    void goes_to_the_destinations_of_the_request_if_there_are_any() {
      ses.sendRawEmail(r ->
          r.destinations("Eve <eve@example.org>")
              .rawMessage(m -> m.data(SdkBytes.fromByteArray(plain("hello")))));

      assertThat(ses.mails().getFirst().to()).containsExactly("eve@example.org");
    }

    @Test
    void is_answered_with_an_id_of_its_own() {
      assertThat(send(ses, plain("a"))).isNotEmpty().isNotEqualTo(send(ses, plain("b")));
    }
  }

  @Nested
  class Mails {
    @Test
    void are_kept_in_the_order_in_which_they_were_caught_the_newest_500() {
      IntStream.range(0, 502).forEach(number -> send(ses, plain("mail " + number)));

      assertThat(ses.mails()).hasSize(500);
      assertThat(ses.mails().getFirst().text()).isEqualTo("mail 2");
      assertThat(ses.mails().getLast().text()).isEqualTo("mail 501");
    }

    @Test
    void are_forgotten_when_they_are_cleared() {
      send(ses, plain("a"));
      ses.clear();

      assertThat(ses.mails()).isEmpty();
    }
  }

  @Nested
  class A_mail_is_refused {
    @Test
    void when_it_goes_to_nobody() {
      refuses("From: a@example.org\r\n\r\nhello", "Missing required header 'To'.");
    }

    @Test
    void when_it_comes_from_nobody() {
      refuses("To: a@example.org\r\n\r\nhello", "Missing required header 'From'.");
    }

    @Test
    void when_an_address_is_none() {
      refuses("From: a@example.org\r\nTo: a b c\r\n\r\nhello", "");
    }

    private void refuses(String raw, String reason) {
      assertThatThrownBy(() -> send(ses, raw.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              SesException.class,
              refusal -> {
                assertThat(refusal.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterValue");
                assertThat(refusal.awsErrorDetails().errorMessage()).contains(reason);
              });
      assertThat(ses.mails()).isEmpty();
    }
  }

  @Nested
  class With_a_folder {
    @TempDir private Path folder;

    @Test
    void mails_are_the_same_after_a_restart() throws Exception {
      var before = CaughtMail.in(folder, CLOCK);
      send(before, alert());
      before.sendRawEmail(r ->
          r.destinations("eve@example.org")
              .rawMessage(m -> m.data(SdkBytes.fromByteArray(plain("hello")))));

      var after = CaughtMail.in(folder, InstantSource.fixed(NOON.plusSeconds(60)));

      assertThat(after.mails()).hasSize(2).isEqualTo(before.mails());
    }

    @Test
    void mails_that_come_after_a_restart_follow_those_from_before() {
      send(CaughtMail.in(folder, CLOCK), plain("before"));
      send(CaughtMail.in(folder, CLOCK), plain("after"));

      assertThat(CaughtMail.in(folder, CLOCK).mails())
          .extracting(Mail::text)
          .containsExactly("before", "after");
    }

    @Test
    void each_mail_is_one_file_and_no_other_is_left() throws IOException {
      var caught = CaughtMail.in(folder, CLOCK);
      send(caught, plain("a"));
      send(caught, plain("b"));

      assertThat(files()).containsExactlyInAnyOrder("0000000001.eml", "0000000002.eml");
    }

    @Test
    void files_go_with_their_mails() throws IOException {
      var caught = CaughtMail.in(folder, CLOCK);
      IntStream.range(0, 501).forEach(number -> send(caught, plain("mail " + number)));
      assertThat(files()).hasSize(500).doesNotContain("0000000001.eml");

      caught.clear();
      assertThat(files()).isEmpty();
    }

    @Test
    void files_that_are_not_from_here_are_left_alone() throws IOException {
      Files.writeString(folder.resolve("0000000001.eml"), "something else");
      Files.writeString(
          folder.resolve("0000000002.eml"),
          "X-Rollcall-Caught-At: noon\r\nX-Rollcall-Caught-To: a@example.org\r\n\r\n");
      Files.writeString(folder.resolve("notes.txt"), "something else");
      var caught = CaughtMail.in(folder, CLOCK);
      send(caught, plain("a"));

      assertThat(caught.mails()).hasSize(1);
      assertThat(files())
          .containsExactlyInAnyOrder(
              "0000000001.eml", "0000000002.eml", "0000000003.eml", "notes.txt");
    }

    private List<String> files() throws IOException {
      try (var files = Files.list(folder)) {
        return files.map(file -> file.getFileName().toString()).toList();
      }
    }
  }

  private static String send(CaughtMail ses, byte[] raw) {
    return ses.sendRawEmail(r -> r.rawMessage(m -> m.data(SdkBytes.fromByteArray(raw))))
        .messageId();
  }

  private static byte[] plain(String text) {
    return "From: rollcall@example.org\r\nTo: ann@example.org\r\n\r\n%s"
        .formatted(text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] alert() throws MessagingException, IOException {
    var text = new MimeBodyPart();
    text.setText("It is down: täglich", "UTF-8");
    var html = new MimeBodyPart();
    html.setText("<p>It is down: täglich</p>", "UTF-8", "html");
    var message = addressed();
    message.setSubject("DOWN | Sicherung täglich", "UTF-8");
    message.setHeader("List-Unsubscribe", "<https://example.org/unsubscribe>");
    message.setContent(new MimeMultipart("alternative", text, html));
    return bytes(message);
  }

  private static MimeMessage addressed() throws MessagingException, IOException {
    var message = new MimeMessage(Session.getInstance(new Properties()));
    message.setFrom(new InternetAddress("rollcall@example.org", "Rollcall é", "UTF-8"));
    message.setRecipients(Message.RecipientType.TO, "Ann <ann@example.org>");
    message.setRecipients(Message.RecipientType.CC, "bob@example.org");
    return message;
  }

  private static byte[] bytes(MimeMessage message) throws MessagingException, IOException {
    var raw = new ByteArrayOutputStream();
    message.writeTo(raw);
    return raw.toByteArray();
  }
}
