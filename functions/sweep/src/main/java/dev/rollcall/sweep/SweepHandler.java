package dev.rollcall.sweep;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.queue.MalformedMessage;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.edge.queue.SqsEvent;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// Takes the events of this function: a tick of the schedule, or messages of the `due` queue.
final class SweepHandler implements Function<InputStream, byte[]> {
  private static final Logger LOG = System.getLogger(SweepHandler.class.getName());

  private final Sweep sweep;
  private final Gate gate;
  private final Degraded degraded;
  private final AgeOfZones zones;
  private final InstantSource clock;

  SweepHandler(Sweep sweep, Gate gate, Degraded degraded, AgeOfZones zones, InstantSource clock) {
    this.sweep = sweep;
    this.gate = gate;
    this.degraded = degraded;
    this.zones = zones;
    this.clock = clock;
  }

  @Override
  public byte[] apply(InputStream event) {
    var messages = SqsEvent.read(event).messages();
    if (messages.isEmpty()) {
      tick();
    }
    var failed = new ArrayList<String>();
    var looks = new LinkedHashMap<String, Sweep.Asked>();
    for (var message : messages) {
      try {
        var look = Messages.look(message.body());
        looks.put(message.id(), new Sweep.Asked(look, message.receiveCount() > 1));
      } catch (MalformedMessage malformed) {
        LOG.log(Level.ERROR, "look failed: {0}", malformed.getClass().getSimpleName());
        failed.add(message.id());
      }
    }
    var undone = looks.isEmpty() ? List.<Sweep.Asked>of() : look(List.copyOf(looks.values()));
    looks.forEach((id, look) -> {
      if (undone.contains(look)) {
        failed.add(id);
      }
    });
    return SqsEvent.failures(failed);
  }

  private void tick() {
    zones.tick(clock.instant());
    try {
      if (gate.fit() == Fit.UNREADABLE) {
        degraded.report(gate.view().item(), clock.instant());
      } else {
        sweep.tick(clock.instant());
      }
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "left to the next sweep: {0}", failed.getClass().getSimpleName());
    }
  }

  /// While this release cannot read the data, looks are done with unseen: a look is a hint, and
  /// what is due then is due still when a tick can see it.
  private List<Sweep.Asked> look(List<Sweep.Asked> looks) {
    try {
      return gate.fit() == Fit.UNREADABLE ? List.of() : sweep.look(looks, clock.instant());
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "look failed: {0}", failed.getClass().getSimpleName());
      return looks;
    }
  }
}
