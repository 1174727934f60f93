package dev.rollcall.sweep;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Heartbeat;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.MalformedMessage;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.edge.queue.SqsEvent;
import dev.rollcall.edge.queue.SqsEvent.Received;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Takes the events of this function: a tick of the schedule, or messages of the `due` queue.
///
/// A tick that could not do all of its work does what it can, and then fails, so that somebody
/// hears of it. A repeated one does no harm.
final class SweepHandler implements Function<InputStream, byte[]> {
  private static final Logger LOG = System.getLogger(SweepHandler.class.getName());

  private final Sweep sweep;
  private final Gate gate;
  private final Degraded degraded;
  private final Heartbeat heartbeat;
  private final AgeOfZones zones;
  private final InstantSource clock;

  /// @param heartbeat what hears of each tick that did all of its work
  SweepHandler(
      Sweep sweep,
      Gate gate,
      Degraded degraded,
      Heartbeat heartbeat,
      AgeOfZones zones,
      InstantSource clock) {
    this.sweep = sweep;
    this.gate = gate;
    this.degraded = degraded;
    this.heartbeat = heartbeat;
    this.zones = zones;
    this.clock = clock;
  }

  @Override
  public byte[] apply(InputStream event) {
    var messages = SqsEvent.read(event).messages();
    var batch = new Batch();
    if (messages.isEmpty()) {
      tick();
    } else {
      look(messages, batch);
    }
    return batch.answer();
  }

  /// @throws Unfinished when something was left to the next tick
  private void tick() {
    zones.tick(clock.instant());
    if (isUnreadable()) {
      degraded.report(gate.view().item());
    } else {
      sweep.tick(clock.instant());
      heartbeat.beat();
    }
  }

  private boolean isUnreadable() {
    try {
      return gate.fit() == Fit.UNREADABLE;
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "schema not read: {0}", failed.getClass().getSimpleName());
      throw new Unfinished("the schema", failed);
    }
  }

  /// While this release cannot read the data, looks are done with unseen: a look is a hint, and
  /// what is due then is due still when a tick can see it.
  private void look(List<Received> messages, Batch batch) {
    var looks = new LinkedHashMap<String, Sweep.Asked>();
    for (var message : messages) {
      try {
        var look = Messages.look(message.body());
        looks.put(message.id(), new Sweep.Asked(look, message.receiveCount() > 1));
      } catch (MalformedMessage malformed) {
        giveBack(message.id(), malformed, batch);
      }
    }
    if (looks.isEmpty()) {
      return;
    }
    try {
      var undone =
          gate.fit() == Fit.UNREADABLE
              ? Map.<Sweep.Asked, RuntimeException>of()
              : sweep.look(List.copyOf(looks.values()), clock.instant());
      looks.forEach((id, look) -> {
        var failure = undone.get(look);
        if (failure == null) {
          batch.done(id);
        } else {
          batch.failed(id, failure);
        }
      });
    } catch (RuntimeException failed) {
      looks.keySet().forEach(id -> giveBack(id, failed, batch));
    }
  }

  private static void giveBack(String id, RuntimeException failure, Batch batch) {
    LOG.log(Level.ERROR, "look failed: {0}", failure.getClass().getSimpleName());
    batch.failed(id, failure);
  }
}
