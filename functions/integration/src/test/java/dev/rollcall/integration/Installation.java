package dev.rollcall.integration;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.api.ApiWiring;
import dev.rollcall.core.schema.Release;
import dev.rollcall.inbox.InboxFunction;
import dev.rollcall.inbox.MailFunction;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Report;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.notify.NotifyWiring;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.store.RawItems;
import dev.rollcall.sweep.SweepWiring;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.json.JsonMapper;

/// Rollcall on a cloud: its functions, each called as Lambda calls it, and what Lambda does around
/// them. Time passes when a test says so, except for the seconds by which a queue delays.
final class Installation implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /// Longer than any delay that a test waits for.
  private static final int PATIENCE_SECONDS = 15;

  private final Resources resources;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final Stack stack;
  private final Function<InputStream, byte[]> ping;
  private final Function<InputStream, byte[]> mail;
  private final Function<InputStream, byte[]> api;
  private final Map<Queue, Function<InputStream, byte[]>> takers = new EnumMap<>(Queue.class);
  private final Map<Queue, List<Message>> returned = new EnumMap<>(Queue.class);
  private final Function<InputStream, byte[]> sweep;

  /// Makes the resources in the cloud. Calls are recorded under the functions' names in the
  /// template.
  Installation(Endpoints endpoints, Recording recording) {
    resources = new Resources(endpoints, recording);
    stack = new Stack(resources, clock);
    var settings = resources.settings();
    ping =
        stream(
            new PingFunction(
                settings,
                resources.dynamoDbOf("PingFunction"),
                resources.sqsOf("PingFunction"),
                clock));
    mail =
        stream(
            new MailFunction(
                settings,
                resources.dynamoDbOf("MailFunction"),
                resources.sqsOf("MailFunction"),
                resources.mailsOf("MailFunction"),
                clock));
    api =
        ApiWiring.handler(
            settings, resources.dynamoDbOf("ApiFunction"), resources.sqsOf("ApiFunction"), clock);
    sweep =
        SweepWiring.handler(
            settings,
            resources.dynamoDbOf("SweepFunction"),
            resources.sqsOf("SweepFunction"),
            clock);
    var notify =
        NotifyWiring.handler(
            settings,
            resources.dynamoDbOf("NotifyFunction"),
            resources.sqsOf("NotifyFunction"),
            resources.sesOf("NotifyFunction"),
            clock);
    var inbox =
        new InboxFunction(
            settings,
            resources.dynamoDbOf("InboxFunction"),
            resources.sqsOf("InboxFunction"),
            resources.mailsOf("InboxFunction"),
            clock);
    takers.put(Queue.FLIPS, notify);
    takers.put(Queue.DELIVERIES, notify);
    takers.put(Queue.DUE, sweep);
    takers.put(Queue.INBOX, stream(inbox));
  }

  Tenant tenant(int checkLimit) {
    var projects = new ProjectStore(resources.dynamoDb(), resources.tables());
    return Tenant.create(projects, checkLimit, clock.instant());
  }

  /// All items of both tables.
  record Copies(Set<Map<String, AttributeValue>> state, Set<Map<String, AttributeValue>> log) {}

  Copies copies() {
    return new Copies(
        resources.items(resources.tables().state()), resources.items(resources.tables().log()));
  }

  /// Puts copies into the tables, which then have nothing but their shape, and goes on at this
  /// time.
  void restore(Copies copies, Instant at) {
    resources.restore(copies.state(), copies.log());
    clock.advance(Duration.between(clock.instant(), at));
  }

  /// What tables lack that can be deleted by mistake, not be set back, or never forget.
  List<String> lacks() {
    return resources.lacks();
  }

  Instant now() {
    return clock.instant();
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  /// @param target what follows `/ping/`
  Answer ping(String target, String body) {
    return Answer.read(ping.apply(pingEvent(target, body)));
  }

  /// A mail that SES receives at this moment.
  ///
  /// @param to mailboxes, without their domain
  Letter letter(List<String> to, String subject, String text) {
    var id = UUID.randomUUID().toString().replace("-", "");
    var addresses = to.stream().map(mailbox -> mailbox + "@ping.example.org").toList();
    return new Letter(id, clock.instant(), addresses, subject, text);
  }

  /// Puts a mail into its bucket, and tells the function of it.
  void receive(Letter letter) {
    resources.mail().put(letter);
    announce(letter);
  }

  /// Tells the function of a mail.
  void announce(Letter letter) {
    var _ = mail.apply(Events.mail(letter));
  }

  /// Does something while a part of the tables does not answer.
  <T> T during(Outage outage, Supplier<T> work) {
    resources.lose(outage);
    try {
      return work.get();
    } finally {
      resources.lose(Outage.NONE);
    }
  }

  /// What deploys releases to this installation.
  Stack stack() {
    return stack;
  }

  /// The bucket that the dashboard is served from.
  SiteBucket site() {
    return resources.site();
  }

  /// The backups that were made of the tables, in order.
  List<BackupServer.Made> backups() {
    return resources.backups();
  }

  /// Where the migrations stand that the data knows, by their ids, whichever release can read it.
  Map<String, String> migrations() {
    var items = new RawItems(resources.dynamoDb(), resources.tables());
    var migrator = new Migrator(items, Release.THIS, List.of(), Setup.alone("nobody"));
    return migrator.status().history().stream()
        .collect(Collectors.toMap(Report.Past::id, Report.Past::state));
  }

  /// What the data says of its own shape.
  SchemaItems data() {
    return new SchemaItems(resources.dynamoDb(), resources.tables());
  }

  /// Gives a check's item the version of its shape that another release would.
  void version(String check, int version) {
    var text = Integer.toString(version);
    resources
        .dynamoDb()
        .updateItem(update ->
            update
                .tableName(resources.tables().state())
                .key(Map.of("pk", text("CHECK#" + check), "sk", text("HOT")))
                .updateExpression("SET #v = :v")
                .conditionExpression("attribute_exists(#v)")
                .expressionAttributeNames(Map.of("#v", "_v"))
                .expressionAttributeValues(Map.of(":v", AttributeValue.fromN(text))));
  }

  /// How many pings wait in the log table.
  int kept() {
    var inbox = new InboxStore(resources.dynamoDb(), resources.tables());
    return IntStream.range(0, InboxStore.SHARDS)
        .map(shard -> inbox.page(shard, null, 100).size())
        .sum();
  }

  Answer api(String method, String target, Map<String, String> headers, Object body) {
    var text = body instanceof String string ? string : JSON.writeValueAsString(body);
    return Answer.read(api.apply(Events.request(method, target, headers, text)));
  }

  /// What the schedule does every minute.
  void tick() {
    var _ = sweep.apply(Events.tick());
  }

  /// Hands over one batch, waiting for it if there is none yet.
  ///
  /// @return how many messages there were
  int await(Queue queue) {
    return hand(queue, PATIENCE_SECONDS);
  }

  /// Tells what there is to tell, until nothing more follows.
  void tell() {
    while (hand(Queue.FLIPS, 0) + hand(Queue.DELIVERIES, 0) > 0) {
      // What was taken over may have brought deliveries.
    }
  }

  /// Takes over flips, and leaves their deliveries in the queue.
  void fanOut() {
    while (hand(Queue.FLIPS, 0) > 0) {
      // There may be more than one batch.
    }
  }

  /// Hands over what is in the queue of the inbox: pings, and requests to drain the log table.
  ///
  /// @return how many messages there were
  int takeInbox() {
    var all = 0;
    for (var some = hand(Queue.INBOX, 0); some > 0; some = hand(Queue.INBOX, 0)) {
      all += some;
    }
    return all;
  }

  /// Ends the wait of the messages that a function gave back.
  void passRetryDelay(Queue queue) {
    returned.getOrDefault(queue, List.of()).forEach(message -> resources.show(queue, message));
    returned.remove(queue);
  }

  /// How many messages of this queue were given back and wait.
  int waiting(Queue queue) {
    return returned.getOrDefault(queue, List.of()).size();
  }

  /// How many messages of this queue are still to come.
  int delayed(Queue queue) {
    return resources.delayed(queue);
  }

  /// The recipients of the mail that was taken, and its raw text.
  List<Mail> mails() {
    return resources.sent().stream()
        .map(sent -> new Mail(sent.destinations(), sent.rawMessage().data().asUtf8String()))
        .toList();
  }

  record Mail(List<String> to, String raw) {}

  @Override
  public void close() {
    stack.close();
    resources.close();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static InputStream pingEvent(String target, String body) {
    var headers = Map.of("user-agent", "curl/8.5.0", "x-forwarded-proto", "https");
    return Events.request("POST", "/ping/" + target, headers, body);
  }

  /// As Lambda's event source: what the function does not report as failed is deleted.
  private int hand(Queue queue, int seconds) {
    var messages = resources.receive(queue, seconds);
    if (messages.isEmpty()) {
      return 0;
    }
    var function = Objects.requireNonNull(takers.get(queue));
    var failed = failures(function.apply(Events.messages(resources.arn(queue), messages)));
    for (var message : messages) {
      if (failed.contains(message.messageId())) {
        returned.computeIfAbsent(queue, _ -> new ArrayList<>()).add(message);
      } else {
        resources.delete(queue, message);
      }
    }
    return messages.size();
  }

  private static Set<String> failures(byte[] answer) {
    var failed = new HashSet<String>();
    JSON.readTree(answer)
        .path("batchItemFailures")
        .forEach(item -> failed.add(item.path("itemIdentifier").stringValue()));
    return failed;
  }

  private static Function<InputStream, byte[]> stream(RequestStreamHandler function) {
    return event -> {
      var answer = new ByteArrayOutputStream();
      try {
        function.handleRequest(event, answer, null);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      return answer.toByteArray();
    };
  }
}
