package dev.rollcall.edge.queue;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.store.Saved;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/// What is sent after a check was written, so that whoever has to act on it need not wait for the
/// next sweep. Nothing depends on it: what is not sent, the sweep sends within a minute or two.
///
/// @param flips the queue of `notify`
/// @param due the queue of `sweep`
public record Hints(SqsQueue flips, SqsQueue due) {

  /// How far ahead a sweep looks. A deadline that is set inside it may be one that no sweep sees in
  /// time: the last one has passed, and the next may be late.
  public static final Duration HORIZON = Duration.ofSeconds(150);

  private static final Logger LOG = System.getLogger(Hints.class.getName());

  /// Sends each flip that `saved` added, and a look at the check for the moment of its deadline, if
  /// that comes within [#HORIZON]. A queue that does not answer is logged and otherwise ignored.
  public void after(Saved.Done saved, Instant now) {
    var check = saved.item().check();
    if (!saved.flips().isEmpty()) {
      attempt(() ->
          flips.sendAll(
              saved.flips().stream()
                  .map(flip -> new Message.Told(check.id(), flip.number()))
                  .toList()));
    }
    check
        .deadline()
        .filter(deadline -> !deadline.isAfter(now.plus(HORIZON)))
        .ifPresent(deadline -> attempt(() -> look(check.id(), deadline, now)));
  }

  private void look(CheckId check, Instant deadline, Instant now) {
    var message = new Message.Look(check, deadline, deadline);
    due.sendDelayed(List.of(new SqsQueue.Delayed(message, Duration.between(now, deadline))));
  }

  /// The message of the failure is not logged: it may quote what was sent.
  private static void attempt(Runnable sending) {
    try {
      sending.run();
    } catch (SdkException | IllegalStateException failed) {
      LOG.log(Level.WARNING, "hint not sent: {0}", failed.getClass().getSimpleName());
    }
  }
}
