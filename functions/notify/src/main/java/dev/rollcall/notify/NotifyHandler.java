package dev.rollcall.notify;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.MalformedMessage;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.edge.queue.SqsEvent;
import dev.rollcall.edge.queue.SqsEvent.Received;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Takes batches from two queues, told apart by how their names end, and gives back the messages
/// that are not done with. No message can stop another.
final class NotifyHandler implements Function<InputStream, byte[]> {
  private static final Logger LOG = System.getLogger(NotifyHandler.class.getName());

  private static final String FLIPS = "flips";
  private static final String DELIVERIES = "deliveries";

  private final FanOut fanOut;
  private final Deliveries deliveries;

  NotifyHandler(FanOut fanOut, Deliveries deliveries) {
    this.fanOut = fanOut;
    this.deliveries = deliveries;
  }

  @Override
  public byte[] apply(InputStream event) {
    var failed = new ConcurrentLinkedQueue<String>();
    var parcels = new ArrayList<Parcel>();
    for (var received : SqsEvent.read(event).messages()) {
      attempt(received, failed, () -> take(received, parcels));
    }
    deliver(parcels, failed);
    return SqsEvent.failures(List.copyOf(failed));
  }

  private boolean take(Received received, List<Parcel> parcels) {
    if (received.queue().endsWith(FLIPS)) {
      fanOut.tell(Messages.told(received.body()));
    } else if (received.queue().endsWith(DELIVERIES)) {
      parcels.add(new Parcel(received, Messages.deliver(received.body())));
    } else {
      throw new IllegalStateException("no business with queue " + received.queue());
    }
    return true;
  }

  /// All at once, but what goes to one channel about one check in the order of its flips.
  private void deliver(List<Parcel> parcels, Queue<String> failed) {
    var routes = parcels.stream().collect(groupingBy(Parcel::route)).values();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var route : routes) {
        threads.execute(() ->
            route.stream()
                .sorted(comparingLong(parcel -> parcel.message().flip()))
                .forEach(parcel -> attempt(parcel.received(), failed, () -> deliver(parcel))));
      }
    }
  }

  private boolean deliver(Parcel parcel) {
    var received = parcel.received();
    return deliveries.deliver(parcel.message(), received.receipt(), received.receiveCount());
  }

  /// The one place where a failure ends: it is logged, and the message goes back to its queue.
  private static void attempt(Received received, Queue<String> failed, BooleanSupplier work) {
    try {
      if (!work.getAsBoolean()) {
        failed.add(received.id());
      }
    } catch (MalformedMessage malformed) {
      LOG.log(Level.WARNING, "message {0} is malformed", received.id());
      failed.add(received.id());
    } catch (RuntimeException broken) {
      LOG.log(Level.ERROR, "message " + received.id() + " failed", broken);
      failed.add(received.id());
    }
  }

  /// A delivery on its way.
  private record Parcel(Received received, Message.Deliver message) {
    Route route() {
      return new Route(message.check(), message.channel());
    }
  }

  private record Route(CheckId check, ChannelId channel) {}
}
