package dev.rollcall.notify;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.ses.model.SendRawEmailResponse;

/// A mail service that keeps what it is given, or fails as it is told.
final class RecordingPost implements SesClient {
  private final List<SendRawEmailRequest> sent = new CopyOnWriteArrayList<>();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private volatile BooleanSupplier hold = () -> true;

  List<SendRawEmailRequest> sent() {
    return List.copyOf(sent);
  }

  MimeMessage only() throws MessagingException {
    if (sent.size() != 1) {
      throw new AssertionError(sent.size() + " mails");
    }
    var raw = sent.getFirst().rawMessage().data().asByteArray();
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
  }

  /// The next mails are taken when `released`, or after all of a try's usual patience. Who is
  /// interrupted before has not sent his.
  void holdUntil(BooleanSupplier released) {
    hold = released;
  }

  void failWith(RuntimeException failure) {
    failures.add(failure);
  }

  @Override
  public SendRawEmailResponse sendRawEmail(SendRawEmailRequest request) {
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    hold();
    sent.add(request);
    return SendRawEmailResponse.builder().messageId("0102").build();
  }

  private void hold() {
    var end = System.nanoTime() + Patience.USUAL.first().plusSeconds(1).toNanos();
    while (!hold.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while sending");
      }
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
