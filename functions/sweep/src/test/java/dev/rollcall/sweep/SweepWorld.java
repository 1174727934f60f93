package dev.rollcall.sweep;

import static java.util.Comparator.comparing;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Step;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.ping.InboxHandler;
import dev.rollcall.ping.Letters;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Saved;
import dev.rollcall.testing.BadDay;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.Meter;
import dev.rollcall.testing.QueueInMemory;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The sweep and what gives it work, on tables and queues in memory, in virtual time.
final class SweepWorld implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static final String TICK = "{\"source\":\"aws.scheduler\",\"detail\":\"{}\"}";

  final TablesInMemory memory = new TablesInMemory();
  final QueueInMemory queues = new QueueInMemory();
  final SettableClock clock = new SettableClock(NOON);
  final BadDay badDay = new BadDay();
  final SampleProject project = new SampleProject(memory, 10_000);
  final CheckCatalog catalog = new CheckCatalog(memory.client(), memory.tables());
  final CheckStore checks = new CheckStore(memory.client(), memory.tables());
  final InboxStore inbox = new InboxStore(memory.client(), memory.tables());
  final LogStore log = new LogStore(memory.client(), memory.tables());

  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "ROLLCALL_STATE_TABLE", memory.tables().state(),
              "ROLLCALL_LOG_TABLE", memory.tables().log(),
              "ROLLCALL_FLIPS_QUEUE", "flips",
              "ROLLCALL_DUE_QUEUE", "due",
              "ROLLCALL_INBOX_QUEUE", "inbox"));
  private final Settings settings = new Settings(variables::get);
  private Function<InputStream, byte[]> sweep = newSweep();
  private final PingFunction ping =
      new PingFunction(settings, badDay.on(memory.client()), badDay.on(queues), clock);
  private final InboxHandler inboxFunction =
      new InboxHandler(
          settings, badDay.on(memory.client()), badDay.on(queues), Letters.NONE, clock);
  private final List<Delayed> underWay = new ArrayList<>();
  private volatile Instant lastTick = NOON;
  private Runnable afterwards = () -> {};

  /// A message of the `due` queue that comes into sight at `at`.
  private record Delayed(Instant at, String body) {}

  private Function<InputStream, byte[]> newSweep() {
    return SweepWiring.handler(settings, badDay.on(memory.client()), badDay.on(queues), clock);
  }

  /// Starts the sweep anew, with one more variable.
  void restartWith(String variable, String value) {
    variables.put(variable, value);
    sweep = newSweep();
  }

  /// A check that was pinged just now; `notify` was told of it.
  CheckId upCheck(Duration period, Duration grace) {
    var id = project.check(period, grace);
    ping("/ping/" + id);
    tell(id);
    checks.save(item(id), clock.instant().plusSeconds(60), check -> check.sweep(clock.instant()));
    queues.drain();
    memory.meter().reset();
    return id;
  }

  /// Plays `notify`: takes over every untold flip.
  void tell(CheckId id) {
    item(id).untold().forEach(flip -> checks.told(id, flip.number()));
  }

  /// @return the status of the answer
  int ping(String path) {
    return ping(HttpEvent.get(path));
  }

  int ping(HttpEvent event) {
    var out = new ByteArrayOutputStream();
    ping.handleRequest(event.json(), out, null);
    var answer = out.toString(StandardCharsets.UTF_8);
    return Integer.parseInt(answer.replaceFirst(".*\"statusCode\":(\\d+).*", "$1"));
  }

  void drainInbox() {
    try {
      for (var message : queues.sentTo("inbox")) {
        inboxFunction.handleRequest(event(message.body()), new ByteArrayOutputStream(), null);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Hands what was sent to the inbox's queue to its function. What goes back stays there.
  void deliverInbox() {
    for (var message : queues.take("inbox")) {
      try {
        var answer = new ByteArrayOutputStream();
        inboxFunction.handleRequest(event(message.body()), answer, null);
        if (answer.toString(StandardCharsets.UTF_8).contains("itemIdentifier")) {
          queues.sendMessage(send -> send.queueUrl("inbox").messageBody(message.body()));
        }
      } catch (Batch.NothingDone error) {
        queues.sendMessage(send -> send.queueUrl("inbox").messageBody(message.body()));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  /// The messages of the inbox's queue that its function could not take.
  List<QueueInMemory.Sent> undelivered() {
    return queues.sentTo("inbox");
  }

  /// The pings that wait in the table.
  List<InboxStore.Kept> kept() {
    return IntStream.range(0, InboxStore.SHARDS)
        .boxed()
        .flatMap(shard -> inbox.page(shard, null, 1_000).stream())
        .toList();
  }

  /// @return what the tick says that it could not do
  Optional<String> tick() {
    lastTick = clock.instant();
    try {
      var _ = sweep(new ByteArrayInputStream(TICK.getBytes(StandardCharsets.UTF_8)));
      return Optional.empty();
    } catch (Unfinished left) {
      return Optional.of(String.valueOf(left.getMessage()));
    }
  }

  /// @return which messages go back
  String look(Message.Look look) {
    return sweep(event(Messages.write(look)));
  }

  /// The same message twice, in one batch.
  String lookTwice(Message.Look look) {
    var body = Messages.write(look);
    return sweep(batch(record("one", body, 1), record("two", body, 1)));
  }

  /// The same message, which has come before.
  String lookAgain(Message.Look look) {
    return sweep(batch(record("message", Messages.write(look), 2)));
  }

  String sweep(InputStream event) {
    return new String(sweep.apply(event), StandardCharsets.UTF_8);
  }

  /// Lets time pass until `until`, with ticks so far apart, counted from the last one, and every
  /// message of the `due` queue handled when its delay has passed.
  void run(Instant until, Duration betweenTicks) {
    receive();
    while (true) {
      var tick = lastTick.plus(betweenTicks);
      var next = underWay.stream().min(comparing(Delayed::at));
      var at = next.map(Delayed::at).filter(tick::isAfter).orElse(tick);
      if (at.isAfter(until)) {
        moveTo(until);
        return;
      }
      if (at.isAfter(clock.instant())) {
        moveTo(at);
      }
      if (at.equals(tick)) {
        tick();
      } else {
        next.ifPresent(message -> {
          underWay.remove(message);
          sweep(event(message.body()));
        });
      }
      receive();
      afterwards.run();
    }
  }

  /// What is done after every tick and message of [#run].
  void afterwards(Runnable what) {
    afterwards = what;
  }

  /// Puts what was sent to the `due` queue under way; the rest stays.
  void receive() {
    for (var message : queues.take("due")) {
      underWay.add(
          new Delayed(clock.instant().plusSeconds(message.delaySeconds()), message.body()));
    }
  }

  void moveTo(Instant instant) {
    clock.advance(Duration.between(clock.instant(), instant));
  }

  CheckItem item(CheckId id) {
    return checks.find(id).orElseThrow();
  }

  Check check(CheckId id) {
    return item(id).check();
  }

  void change(CheckId id, Function<Check, Step> step) {
    if (!(checks.save(item(id), clock.instant(), step) instanceof Saved.Done)) {
      throw new IllegalStateException("the check is gone");
    }
  }

  /// Sets one attribute of a check's hot item, or removes it.
  void edit(CheckId id, String attribute, @Nullable AttributeValue value) {
    Items.edit(memory.client(), memory.tables().state(), "CHECK#" + id, "HOT", attribute, value);
  }

  /// The flips that were sent on, in order.
  List<Message.Told> told() {
    return queues.sentTo("flips").stream().map(sent -> Messages.told(sent.body())).toList();
  }

  Optional<Instant> due(CheckId id) {
    return Optional.ofNullable(item(id).due());
  }

  Meter.Usage usage() {
    var usage = memory.meter().usage();
    memory.meter().reset();
    return usage;
  }

  @Override
  public void close() {
    memory.close();
  }

  private static InputStream event(String body) {
    return batch(record("message", body, 1));
  }

  private static InputStream batch(String... records) {
    var event = "{\"Records\": [" + String.join(", ", records) + "]}";
    return new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
  }

  private static String record(String id, String body, int receiveCount) {
    var quoted = body.replace("\\", "\\\\").replace("\"", "\\\"");
    return """
    {"messageId": "%s", "receiptHandle": "receipt", "body": "%s",
      "attributes": {"ApproximateReceiveCount": "%d"},
      "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:due"}
    """
        .formatted(id, quoted, receiveCount);
  }
}
