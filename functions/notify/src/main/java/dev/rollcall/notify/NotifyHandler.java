package dev.rollcall.notify;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.MalformedMessage;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.edge.queue.SqsEvent;
import dev.rollcall.edge.queue.SqsEvent.Received;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Takes batches from two queues, told apart by how their names end, and gives back the messages
/// that are not done with. No message can stop another. Where none could be seen to, the call
/// fails.
final class NotifyHandler implements Function<InputStream, byte[]> {
  private static final Logger LOG = System.getLogger(NotifyHandler.class.getName());

  private static final String FLIPS = "flips";
  private static final String DELIVERIES = "deliveries";

  private final Briefing.Stores stores;
  private final FanOut fanOut;
  private final Deliveries deliveries;
  private final Pause pause;

  NotifyHandler(Briefing.Stores stores, FanOut fanOut, Deliveries deliveries, Pause pause) {
    this.stores = stores;
    this.fanOut = fanOut;
    this.deliveries = deliveries;
    this.pause = pause;
  }

  @Override
  public byte[] apply(InputStream event) {
    var batch = new Batch();
    var news = new ArrayList<News>();
    var parcels = new ArrayList<Parcel>();
    for (var received : SqsEvent.read(event).messages()) {
      try {
        take(received, news, parcels);
      } catch (RuntimeException malformed) {
        giveBack(received, malformed, batch);
      }
    }
    if (pause.isOn()) {
      postpone(parcels, batch);
    } else {
      tell(news, batch);
      deliver(parcels, batch);
    }
    return batch.answer();
  }

  private static void take(Received received, List<News> news, List<Parcel> parcels) {
    if (received.queue().endsWith(FLIPS)) {
      news.add(new News(received, Messages.told(received.body())));
    } else if (received.queue().endsWith(DELIVERIES)) {
      parcels.add(new Parcel(received, Messages.deliver(received.body())));
    } else {
      throw new IllegalStateException("no business with queue " + received.queue());
    }
  }

  /// In three steps for all of them: what happens in one has happened before the next begins.
  /// Deliveries are sent in the order of the messages. Of two messages that say the same the second
  /// has nothing to add.
  private void tell(List<News> news, Batch batch) {
    if (news.isEmpty()) {
      return;
    }
    var distinct = new LinkedHashMap<Message.Told, News>();
    news.forEach(each -> distinct.putIfAbsent(each.message(), each));
    var briefing = Briefing.forFlips(stores, distinct.keySet());
    var taken = new ConcurrentHashMap<Received, FanOut.Taken>();
    atOnce(
        distinct.values(),
        each ->
            attempt(
                each.received(),
                batch,
                () -> {
                  fanOut
                      .take(each.message(), briefing)
                      .ifPresent(flip -> taken.put(each.received(), flip));
                  return true;
                }));
    try {
      fanOut.send(
          distinct.values().stream()
              .flatMap(each -> Stream.ofNullable(taken.get(each.received())))
              .toList());
    } catch (RuntimeException broken) {
      taken.keySet().forEach(received -> giveBack(received, broken, batch));
      return;
    }
    atOnce(
        taken.entrySet(),
        each ->
            attempt(
                each.getKey(),
                batch,
                () -> {
                  fanOut.conclude(each.getValue());
                  return true;
                }));
  }

  /// All at once, but what goes to one channel about one check in the order of its flips.
  private void deliver(List<Parcel> parcels, Batch batch) {
    if (parcels.isEmpty()) {
      return;
    }
    var briefing = Briefing.forDeliveries(stores, parcels.stream().map(Parcel::message).toList());
    var routes = parcels.stream().collect(groupingBy(Parcel::route)).values();
    atOnce(
        routes,
        route ->
            route.stream()
                .sorted(comparingLong(parcel -> parcel.message().flip()))
                .forEach(
                    parcel -> attempt(parcel.received(), batch, () -> deliver(parcel, briefing))));
  }

  private void postpone(List<Parcel> parcels, Batch batch) {
    try {
      pause.postpone(parcels.stream().map(Parcel::message).toList());
      parcels.forEach(parcel -> batch.done(parcel.received().id()));
    } catch (RuntimeException broken) {
      parcels.forEach(parcel -> giveBack(parcel.received(), broken, batch));
    }
  }

  /// Does this to each, and returns when all is done.
  private static <T> void atOnce(Collection<T> all, Consumer<T> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(each -> threads.execute(() -> work.accept(each)));
    }
  }

  private boolean deliver(Parcel parcel, Briefing briefing) {
    return deliveries.deliver(parcel.message(), briefing, parcel.received());
  }

  private static void attempt(Received received, Batch batch, BooleanSupplier work) {
    try {
      if (work.getAsBoolean()) {
        batch.done(received.id());
      } else {
        batch.again(received.id());
      }
    } catch (RuntimeException | Error failure) {
      giveBack(received, failure, batch);
    }
  }

  /// The one place where a failure ends: it is logged, and the message goes back to its queue.
  private static void giveBack(Received received, Throwable failure, Batch batch) {
    if (failure instanceof MalformedMessage) {
      LOG.log(Level.WARNING, "message {0} is malformed", received.id());
    } else {
      LOG.log(Level.ERROR, "message " + received.id() + " failed", failure);
    }
    batch.failed(received.id(), failure);
  }

  /// A flip to be told.
  private record News(Received received, Message.Told message) {}

  /// A delivery on its way.
  private record Parcel(Received received, Message.Deliver message) {
    Route route() {
      return new Route(message.check(), message.channel());
    }
  }

  private record Route(CheckId check, ChannelId channel) {}
}
