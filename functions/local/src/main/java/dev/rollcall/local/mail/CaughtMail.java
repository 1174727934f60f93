package dev.rollcall.local.mail;

import dev.rollcall.local.disk.DiskTrouble;
import jakarta.mail.MessagingException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.RawMessage;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.ses.model.SendRawEmailResponse;
import software.amazon.awssdk.services.ses.model.SesException;

/// An SES that sends nothing: it keeps the newest [#CAPACITY] mails to be looked at, in memory and,
/// if given a folder, there too. It knows `SendRawEmail` only, the one call that Rollcall makes.
/// Thread-safe.
public final class CaughtMail implements SesClient {
  /// How many mails are kept; the oldest make room.
  public static final int CAPACITY = 500;

  private final InstantSource clock;
  private final @Nullable Outbox outbox;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private volatile Consumer<String> returns = _ -> {};

  /// @param file the number of its file in the outbox, meaningless without one
  /// @param request what it was sent by; null of one that was found there after a restart
  private record Kept(Mail mail, long file, @Nullable SendRawEmailRequest request) {}

  private CaughtMail(InstantSource clock, @Nullable Outbox outbox) {
    this.clock = clock;
    this.outbox = outbox;
  }

  /// Mail that is forgotten when the process ends.
  public static CaughtMail inMemory(InstantSource clock) {
    return new CaughtMail(clock, null);
  }

  /// Mail that is kept in `folder`, one `.eml` file each, and found there again after a restart.
  /// The folder is made if it is missing.
  public static CaughtMail in(Path folder, InstantSource clock) {
    var outbox = new Outbox(folder);
    var caught = new CaughtMail(clock, outbox);
    for (var entry : outbox.entries()) {
      caught.keep(new Kept(entry.mail(), entry.number(), null));
    }
    return caught;
  }

  /// Catches a mail.
  ///
  /// @throws SesException as SES does, code `InvalidParameterValue`, when the mail is malformed,
  ///   comes from nobody or goes to nobody; code `ServiceUnavailable` when it cannot be kept
  @Override
  public SendRawEmailResponse sendRawEmail(SendRawEmailRequest request) {
    var raw = request.rawMessage().data().asByteArray();
    var mail = read(raw, request);
    if (mail.from().isEmpty()) {
      throw refusal("Missing required header 'From'.");
    }
    if (mail.to().isEmpty()) {
      throw refusal("Missing required header 'To'.");
    }
    synchronized (this) {
      keep(new Kept(mail, outbox == null ? 0 : file(outbox, raw, mail), withoutContent(request)));
    }
    return SendRawEmailResponse.builder().messageId(UUID.randomUUID().toString()).build();
  }

  /// The mails caught, in the order in which they were.
  public synchronized List<Mail> mails() {
    return kept.stream().map(Kept::mail).toList();
  }

  /// Takes from now on what SES says of mails that come back, an event of Lambda each.
  public void returnTo(Consumer<String> listener) {
    returns = listener;
  }

  /// Says of the newest mail to this address what SES would.
  ///
  /// @return false when none was caught since the start
  public boolean giveBack(String to, Feedback feedback) {
    var event = returned(to, feedback);
    event.ifPresent(returns);
    return event.isPresent();
  }

  private synchronized Optional<String> returned(String to, Feedback feedback) {
    var mails = kept.descendingIterator();
    while (mails.hasNext()) {
      var each = mails.next();
      var request = each.request();
      if (request != null && each.mail().to().contains(to)) {
        return Optional.of(
            feedback.event(
                each.mail().to(),
                Optional.ofNullable(request.configurationSetName()).orElse(""),
                request.tags()));
      }
    }
    return Optional.empty();
  }

  private static SendRawEmailRequest withoutContent(SendRawEmailRequest request) {
    return request.toBuilder().rawMessage((RawMessage) null).build();
  }

  /// Forgets all mails, and deletes their files.
  public synchronized void clear() {
    while (!kept.isEmpty()) {
      forgetOldest();
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /// Does nothing: there is nothing to close.
  @Override
  public void close() {}

  /// @throws SesException as SES has it when it fails itself
  private static long file(Outbox outbox, byte[] raw, Mail mail) {
    try {
      return outbox.add(raw, mail);
    } catch (UncheckedIOException failure) {
      throw exception("ServiceUnavailable", "not kept: " + DiskTrouble.of(failure), 503);
    }
  }

  private synchronized void keep(Kept mail) {
    kept.addLast(mail);
    while (kept.size() > CAPACITY) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    var oldest = kept.removeFirst();
    if (outbox != null) {
      outbox.remove(oldest.file());
    }
  }

  private Mail read(byte[] raw, SendRawEmailRequest request) {
    try {
      var envelope = new ArrayList<String>();
      for (var destination : request.destinations()) {
        envelope.add(Mime.plain(destination));
      }
      return Mime.read(raw, envelope, clock.instant());
    } catch (MessagingException e) {
      throw refusal(Optional.ofNullable(e.getMessage()).orElse("The message is malformed."));
    }
  }

  private static SesException refusal(String message) {
    return exception("InvalidParameterValue", message, 400);
  }

  private static SesException exception(String code, String message, int status) {
    var details =
        AwsErrorDetails.builder().serviceName("Ses").errorCode(code).errorMessage(message).build();
    return (SesException)
        SesException.builder().awsErrorDetails(details).message(message).statusCode(status).build();
  }
}
