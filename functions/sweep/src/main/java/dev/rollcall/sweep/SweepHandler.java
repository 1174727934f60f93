package dev.rollcall.sweep;

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
  private final InstantSource clock;

  SweepHandler(Sweep sweep, InstantSource clock) {
    this.sweep = sweep;
    this.clock = clock;
  }

  @Override
  public byte[] apply(InputStream event) {
    var messages = SqsEvent.read(event).messages();
    if (messages.isEmpty()) {
      sweep.tick(clock.instant());
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
    var undone = sweep.look(List.copyOf(looks.values()), clock.instant());
    looks.forEach((id, look) -> {
      if (undone.contains(look)) {
        failed.add(id);
      }
    });
    return SqsEvent.failures(failed);
  }
}
