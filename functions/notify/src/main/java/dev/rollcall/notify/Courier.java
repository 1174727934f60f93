package dev.rollcall.notify;

import dev.rollcall.core.channel.Delivery;
import dev.rollcall.edge.queue.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sends what channels have rendered. Whatever goes wrong on the way is a try that failed: it has a
/// reason that its owner sees, is tried again, and is given up at last.
record Courier(WebCourier web, MailCourier mail) {
  private static final Logger LOG = System.getLogger(Courier.class.getName());

  /// How much of a stack is logged.
  private static final int FRAMES = 12;

  /// @param about what is told, and whom
  /// @param signature of requests; null to send them unsigned. Mail has none
  /// @throws IllegalStateException or another when this thread is told to stop, of which no outcome
  ///   is known
  Outcome send(Delivery delivery, Message.Deliver about, @Nullable Signature signature) {
    try {
      return switch (delivery) {
        case Delivery.Post post -> web.send(post, signature);
        case Delivery.Mail message -> mail.send(message, about);
        case Delivery.Unsendable(var reason) -> new Outcome.TryAgain(reason, null);
        case Delivery.Nothing _ ->
            throw new IllegalArgumentException("there is nothing that could be sent");
      };
    } catch (RuntimeException | Error unexpected) {
      if (Thread.currentThread().isInterrupted()) {
        throw unexpected;
      }
      return unexpected(unexpected);
    }
  }

  /// A try that nobody has thought of. The log has where it broke and never the message, which may
  /// quote an address or a header.
  static Outcome.TryAgain unexpected(Throwable broken) {
    LOG.log(Level.ERROR, "a try to send broke: {0}", trace(broken));
    return new Outcome.TryAgain("failed unexpectedly: " + broken.getClass().getSimpleName(), null);
  }

  private static String trace(Throwable broken) {
    var frames =
        Arrays.stream(broken.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n  at " + frame)
            .collect(Collectors.joining());
    var cause = broken.getCause();
    return List.of(broken.getClass().getName(), frames, cause == null ? "" : "\n" + trace(cause))
        .stream()
        .collect(Collectors.joining());
  }
}
