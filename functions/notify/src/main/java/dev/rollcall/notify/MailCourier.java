package dev.rollcall.notify;

import dev.rollcall.core.channel.Delivery.Mail;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.queue.Message;
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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SesException;

/// Sends mail by SES, which gives it its `Message-ID`.
final class MailCourier {
  private static final Logger LOG = System.getLogger(MailCourier.class.getName());

  /// What SES calls an address that no mail can go to, whoever asks.
  private static final String INVALID = "InvalidParameterValue";

  private static final String PAUSED = "sending is paused";

  private static final String CHARSET = StandardCharsets.UTF_8.name();

  private final SesClient ses;
  private final InternetAddress from;
  private final InstantSource clock;
  private final Metrics metrics;
  private final @Nullable String configurationSet;

  /// @param from what mail comes from; may have a display name
  /// @param configurationSet what SES sends by, which says where it tells what became of a mail;
  ///   null for what the sender's identity has
  /// @throws IllegalArgumentException when `from` is no address
  MailCourier(
      SesClient ses,
      String from,
      @Nullable String configurationSet,
      InstantSource clock,
      Metrics metrics) {
    this.ses = ses;
    this.configurationSet = configurationSet;
    this.clock = clock;
    this.metrics = metrics;
    this.from = address(from);
  }

  /// An address that SES cannot parse is refused for good: the settings must change. Everything
  /// else is tried again, `MessageRejected` too: by its documentation it also stands for an
  /// identity that is not verified yet, a sandbox not left yet or an account that is paused, none
  /// of which is the integration's fault or lasts. Those do not end by themselves either: the
  /// operator hears of each by an alarm. What becomes of a mail that was taken is not known yet
  /// here: SES says so later, see [Returns].
  ///
  /// @param about what it tells of and whom, by which it is known again
  Outcome send(Mail mail, Message.Deliver about) {
    try {
      var bytes = SdkBytes.fromByteArrayUnsafe(mime(mail));
      ses.sendRawEmail(send ->
          send.source(from.toString())
              .destinations(mail.to())
              .configurationSetName(configurationSet)
              .tags(SesEvent.tags(about))
              .rawMessage(message -> message.data(bytes)));
      return new Outcome.Sent();
    } catch (AddressException malformed) {
      return new Outcome.Refused("the address is not valid");
    } catch (SesException failed) {
      return refusal(failed.awsErrorDetails());
    } catch (SdkException unreachable) {
      return new Outcome.TryAgain("mail service not reached", null);
    } catch (MessagingException impossible) {
      throw new IllegalStateException("mail not written", impossible);
    }
  }

  private Outcome refusal(@Nullable AwsErrorDetails details) {
    var code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    if (code.equals(INVALID)) {
      return new Outcome.Refused("the address is not valid");
    }
    var mended = details == null ? Optional.<String>empty() : forTheOperator(code, details);
    if (mended.isEmpty()) {
      return new Outcome.TryAgain("mail service: " + code, null);
    }
    LOG.log(Level.ERROR, "mail refused: {0}: {1}", code, mended.get());
    metrics.mailRefused();
    return new Outcome.TryAgain("mail service: " + code + ", " + mended.get(), null);
  }

  /// What is wrong with the account, if it is that. SES says that an address is not verified by the
  /// text of a `MessageRejected` only, in which the address stands as well. Of `AccessDenied` and
  /// the others some have `Exception` at the end and some have not, by the way the call was made.
  private static Optional<String> forTheOperator(String code, AwsErrorDetails details) {
    return switch (code.replaceFirst("Exception$", "")) {
      case "AccessDenied", "NotAuthorized", "UnrecognizedClient", "InvalidClientTokenId" ->
          Optional.of("the function may not send by this sender");
      case "MailFromDomainNotVerified" -> Optional.of("the sender's domain is not verified");
      case "AccountSendingPaused", "ConfigurationSetSendingPaused" -> Optional.of(PAUSED);
      case "ConfigurationSetDoesNotExist" -> Optional.of("the configuration set is gone");
      case "MessageRejected" -> rejection(details.errorMessage());
      default -> Optional.empty();
    };
  }

  private static Optional<String> rejection(@Nullable String text) {
    var said = text == null ? "" : text.toLowerCase(Locale.ROOT);
    if (said.contains("not verified")) {
      return Optional.of("the sender is not verified, or the account is still in the sandbox");
    }
    return said.contains("paused") ? Optional.of(PAUSED) : Optional.empty();
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
