package dev.rollcall.notify;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;

/// What becomes of messages while this release cannot read the data.
///
/// A flip's is done with unseen: it is a hint, and the flip stays untold until a sweep that can
/// read its check sends another. A delivery is held by its queue alone, and giving it back would
/// use up its tries within the hours that this may last. So a copy of it is sent, to come [#LATER],
/// before it is done with: the copy has all tries before it. A process that dies between the two
/// leaves both, and of two the later one to be told is dropped.
final class Pause {
  static final Duration LATER = Duration.ofMinutes(1);

  private static final Logger LOG = System.getLogger(Pause.class.getName());

  private final Gate gate;
  private final SqsQueue deliveries;

  Pause(Gate gate, SqsQueue deliveries) {
    this.gate = gate;
    this.deliveries = deliveries;
  }

  /// Where the data does not say, each message meets the same failure by itself.
  boolean isOn() {
    try {
      return gate.fit() == Fit.UNREADABLE;
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "schema not read: {0}", failure.getClass().getSimpleName());
      return false;
    }
  }

  /// Has these come again.
  void postpone(Collection<Message.Deliver> messages) {
    deliveries.sendDelayed(
        messages.stream().map(message -> new SqsQueue.Delayed(message, LATER)).toList());
  }
}
