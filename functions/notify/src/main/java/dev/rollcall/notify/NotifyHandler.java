package dev.rollcall.notify;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.MalformedMessage;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.edge.queue.SqsEvent;
import dev.rollcall.edge.queue.SqsEvent.Received;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/// Takes batches from two queues, told apart by how their names end, and gives back the messages
/// that are not done with; and by its topic what SES says of mails. No message can stop another.
/// Where none could be seen to, the call fails.
final class NotifyHandler implements Function<InputStream, byte[]> {
  private static final Logger LOG = System.getLogger(NotifyHandler.class.getName());

  private static final String FLIPS = "flips";
  private static final String DELIVERIES = "deliveries";

  private final Briefing.Stores stores;
  private final FanOut fanOut;
  private final Deliveries deliveries;
  private final Returns returns;
  private final Pause pause;
  private final InstantSource clock;

  NotifyHandler(
      Briefing.Stores stores,
      FanOut fanOut,
      Deliveries deliveries,
      Returns returns,
      Pause pause,
      InstantSource clock) {
    this.stores = stores;
    this.fanOut = fanOut;
    this.deliveries = deliveries;
    this.returns = returns;
    this.pause = pause;
    this.clock = clock;
  }

  @Override
  public byte[] apply(InputStream event) {
    var batch = new Batch();
    var news = new ArrayList<News>();
    var parcels = new ArrayList<Parcel>();
    for (var received : SqsEvent.read(event).messages()) {
      attempt(List.of(received), batch, () -> take(received, news, parcels, batch));
    }
    if (pause.isOn()) {
      postpone(parcels, batch);
    } else {
      tell(news, batch);
      deliver(parcels, batch);
    }
    return batch.answer();
  }

  private void take(Received received, List<News> news, List<Parcel> parcels, Batch batch) {
    if (received.isFromTopic()) {
      returns.hear(received.body());
      batch.done(received.id());
    } else if (received.queue().endsWith(FLIPS)) {
      news.add(new News(received, Messages.told(received.body())));
    } else if (received.queue().endsWith(DELIVERIES)) {
      parcels.add(new Parcel(received, Messages.deliver(received.body())));
    } else {
      throw new IllegalStateException("no business with queue " + received.queue());
    }
  }

  /// In steps for all of them: what happens in one has happened before the next begins. All
  /// messages about a check are one: its flips are taken over together.
  private void tell(List<News> news, Batch batch) {
    if (news.isEmpty()) {
      return;
    }
    var topics =
        news.stream()
            .collect(
                groupingBy(
                    each -> each.message().check(),
                    LinkedHashMap::new,
                    mapping(News::received, toList())))
            .entrySet()
            .stream()
            .map(each -> new Topic(each.getKey(), each.getValue()))
            .toList();
    var briefing = Briefing.forFlips(stores, topics.stream().map(Topic::check).distinct().toList());
    var taken =
        each(
            topics,
            batch,
            topic -> {
              var found = fanOut.find(topic.check(), briefing);
              if (found.isEmpty()) {
                topic.messages().forEach(received -> batch.done(received.id()));
              }
              return found.map(takeover -> new Taken(topic, takeover));
            });
    try {
      fanOut.log(taken.stream().map(Taken::takeover).toList());
      var entered =
          each(
              taken,
              batch,
              each ->
                  Optional.of(
                      new Entered(each, fanOut.enter(each.takeover(), briefing, clock.instant()))));
      fanOut.send(entered.stream().flatMap(each -> each.called().stream()).toList());
      each(
          entered,
          batch,
          each -> {
            fanOut.conclude(each.taken().takeover());
            each.messages().forEach(received -> batch.done(received.id()));
            return Optional.empty();
          });
    } catch (RuntimeException broken) {
      taken.forEach(each -> each.messages().forEach(received -> giveBack(received, broken, batch)));
    }
  }

  /// All routes at once, and each by itself in the order of its flips.
  private void deliver(List<Parcel> parcels, Batch batch) {
    if (parcels.isEmpty()) {
      return;
    }
    var briefing = Briefing.forDeliveries(stores, parcels.stream().map(Parcel::message).toList());
    var crowd = deliveries.crowd();
    var tests = parcels.stream().filter(parcel -> parcel.message().isTest()).toList();
    var routes =
        parcels.stream()
            .filter(parcel -> !parcel.message().isTest())
            .sorted(comparingLong(Parcel::flip))
            .collect(groupingBy(Parcel::route, LinkedHashMap::new, toList()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      tests.forEach(test ->
          threads.execute(() ->
              attempt(
                  List.of(test.received()),
                  batch,
                  () -> {
                    deliveries.test(test, briefing);
                    batch.done(test.received().id());
                  })));
      routes.forEach((route, messages) ->
          threads.execute(() ->
              attempt(
                  messages.stream().map(Parcel::received).toList(),
                  batch,
                  () -> {
                    var back = deliveries.deliver(route, messages, briefing, crowd);
                    messages.forEach(parcel -> {
                      if (back.contains(parcel)) {
                        batch.again(parcel.received().id());
                      } else {
                        batch.done(parcel.received().id());
                      }
                    });
                  })));
    }
  }

  private void postpone(List<Parcel> parcels, Batch batch) {
    try {
      pause.postpone(parcels.stream().map(Parcel::message).toList());
      parcels.forEach(parcel -> batch.done(parcel.received().id()));
    } catch (RuntimeException broken) {
      parcels.forEach(parcel -> giveBack(parcel.received(), broken, batch));
    }
  }

  /// What comes of this work for each, all at once, in the given order. Where it fails, the
  /// messages go back.
  private static <T extends Business, R> List<R> each(
      List<T> all, Batch batch, Function<T, Optional<R>> work) {
    var results = new ConcurrentHashMap<T, R>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(each ->
          threads.execute(() ->
              attempt(
                  each.messages(),
                  batch,
                  () -> work.apply(each).ifPresent(result -> results.put(each, result)))));
    }
    return all.stream().flatMap(each -> Stream.ofNullable(results.get(each))).toList();
  }

  private static void attempt(List<Received> all, Batch batch, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      all.forEach(received -> giveBack(received, failure, batch));
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

  /// What came by these messages.
  private interface Business {
    List<Received> messages();
  }

  private record Topic(CheckId check, List<Received> messages) implements Business {}

  private record Taken(Topic topic, FanOut.Takeover takeover) implements Business {
    @Override
    public List<Received> messages() {
      return topic.messages();
    }
  }

  private record Entered(Taken taken, List<Message.Deliver> called) implements Business {
    @Override
    public List<Received> messages() {
      return taken.messages();
    }
  }
}
