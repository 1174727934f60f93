package dev.rollcall.notify;

import dev.rollcall.core.channel.Delivery.Mail;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SesException;

/// Sends mail by SES, which gives it its `Message-ID`.
final class MailCourier {

  /// What SES calls an address that no mail can go to, whoever asks.
  private static final String INVALID = "InvalidParameterValue";

  private static final String CHARSET = StandardCharsets.UTF_8.name();

  private final SesClient ses;
  private final InternetAddress from;
  private final InstantSource clock;

  /// @param from what mail comes from; may have a display name
  /// @throws IllegalArgumentException when `from` is no address
  MailCourier(SesClient ses, String from, InstantSource clock) {
    this.ses = ses;
    this.clock = clock;
    this.from = address(from);
  }

  /// An address that SES cannot parse is refused for good: the settings must change. Everything
  /// else is tried again, `MessageRejected` too: by its documentation it also stands for an
  /// identity that is not verified yet, a sandbox not left yet or an account that is paused, none
  /// of which is the integration's fault or lasts. That an existing address bounces is not known
  /// yet here.
  Outcome send(Mail mail) {
    try {
      var bytes = SdkBytes.fromByteArrayUnsafe(mime(mail));
      ses.sendRawEmail(send ->
          send.source(from.toString())
              .destinations(mail.to())
              .rawMessage(message -> message.data(bytes)));
      return new Outcome.Sent();
    } catch (AddressException malformed) {
      return new Outcome.Refused("the address is not valid");
    } catch (SesException failed) {
      var code = failed.awsErrorDetails() == null ? "" : failed.awsErrorDetails().errorCode();
      return INVALID.equals(code)
          ? new Outcome.Refused("the address is not valid")
          : new Outcome.TryAgain("mail service: " + code, null);
    } catch (SdkException unreachable) {
      return new Outcome.TryAgain("mail service not reached", null);
    } catch (MessagingException impossible) {
      throw new IllegalStateException("mail not written", impossible);
    }
  }

  private byte[] mime(Mail mail) throws MessagingException {
    var message = new Unnumbered();
    message.setFrom(from);
    message.setRecipient(RecipientType.TO, new InternetAddress(mail.to(), true));
    message.setSentDate(Date.from(clock.instant()));
    message.setSubject(mail.subject(), CHARSET);
    message.setHeader("Auto-Submitted", "auto-generated");
    for (var header : mail.headers().entrySet()) {
      message.setHeader(header.getKey(), header.getValue());
    }
    var parts = new MimeMultipart("alternative");
    parts.addBodyPart(part(mail.text(), "plain"));
    parts.addBodyPart(part(mail.html(), "html"));
    message.setContent(parts);
    var out = new ByteArrayOutputStream();
    try {
      message.writeTo(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, CHARSET, subtype);
    return part;
  }

  private static InternetAddress address(String text) {
    try {
      return new InternetAddress(text, true);
    } catch (AddressException malformed) {
      throw new IllegalArgumentException("the address that mail comes from is none", malformed);
    }
  }

  /// A message whose identity is left to SES.
  private static final class Unnumbered extends MimeMessage {
    private Unnumbered() {
      super(Session.getInstance(new Properties()));
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      removeHeader("Message-ID");
    }
  }
}
