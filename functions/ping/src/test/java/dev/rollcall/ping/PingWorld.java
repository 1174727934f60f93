package dev.rollcall.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Rules;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.WaitingPing;
import dev.rollcall.testing.BadDay;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Meter;
import dev.rollcall.testing.QueueInMemory;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import dev.rollcall.testing.openapi.Description;
import dev.rollcall.testing.openapi.Exchange;
import dev.rollcall.testing.openapi.Witness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The ping functions on tables and queues in memory.
final class PingWorld implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static final JsonFactory JSON = new JsonFactory();

  static final Description DESCRIPTION = description();

  final Witness witness = new Witness(DESCRIPTION);
  final TablesInMemory memory = new TablesInMemory();
  final QueueInMemory queues = new QueueInMemory();
  final SettableClock clock = new SettableClock(NOON);
  final BadDay badDay = new BadDay();
  final SampleProject project;
  final CheckCatalog catalog = new CheckCatalog(memory.client(), memory.tables());
  final LogStore log = new LogStore(memory.client(), memory.tables());

  final InboxStore inboxStore = new InboxStore(memory.client(), memory.tables());

  private final CheckStore checks = new CheckStore(memory.client(), memory.tables());
  private final Settings settings;
  private final PingFunction function;
  private InboxHandler inbox;
  private final MailHandler mail;

  /// What is in the bucket, by message.
  final Map<String, byte[]> messages = new HashMap<>();

  PingWorld() {
    this(100);
  }

  /// @param checkLimit how many checks the project may hold
  PingWorld(int checkLimit) {
    project = new SampleProject(memory, checkLimit);
    settings =
        new Settings(
            Map.of(
                    "ROLLCALL_STATE_TABLE", memory.tables().state(),
                    "ROLLCALL_LOG_TABLE", memory.tables().log(),
                    "ROLLCALL_FLIPS_QUEUE", "flips",
                    "ROLLCALL_DUE_QUEUE", "due",
                    "ROLLCALL_INBOX_QUEUE", "inbox",
                    // As the sample events have it that came by the site.
                    "ROLLCALL_ORIGIN_KEY", "51af3dc0-da77-11e4-872e-1234567db123")
                ::get);
    function = new PingFunction(settings, badDay.on(memory.client()), badDay.on(queues), clock);
    inbox = inbox(badDay.on(memory.client()));
    mail =
        new MailHandler(
            settings,
            badDay.on(memory.client()),
            badDay.on(queues),
            new LettersInMemory(messages),
            clock);
  }

  /// What the client got.
  record Answer(int status, Map<String, String> headers, String body) {}

  /// A check with a period of an hour and ten minutes of grace, never pinged.
  CheckId newCheck() {
    return project.check(HOUR, TEN_MINUTES);
  }

  CheckId newCheck(Rules rules, Keywords keywords) {
    return project.check("", HOUR, TEN_MINUTES, rules, keywords);
  }

  /// A check that searches mails, pinged once, a minute before now.
  CheckId upCheck(Rules rules, Filters filters) {
    var id = newCheck(rules, filters.keywords());
    catalog.describe(
        id,
        before ->
            new Details(
                id,
                before.name(),
                before.slug(),
                before.tags(),
                before.description(),
                before.zone(),
                filters.keywords(),
                filters.subject(),
                filters.mailBody(),
                before.channels(),
                before.badgeKey(),
                before.createdAt()));
    return comesUp(id);
  }

  /// A check that was pinged once, a minute before now.
  CheckId upCheck() {
    return comesUp(newCheck());
  }

  CheckId upCheck(String slug) {
    return comesUp(project.check(slug, HOUR, TEN_MINUTES, Rules.NONE, Keywords.NONE));
  }

  Answer ping(String path) {
    return ping(HttpEvent.get(path));
  }

  /// Every answer must be as the description of the API says.
  Answer ping(HttpEvent event) {
    var answer = ping(event.json());
    var isOnTheSite = event.path().startsWith("/ping/");
    var exchange =
        new Exchange(
            event.method(),
            (isOnTheSite ? "" : "/ping")
                + event.path()
                + (event.query().isEmpty() ? "" : "?" + event.query()),
            event.body(),
            answer.status(),
            answer.headers(),
            Body.of(answer.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(witness.see(exchange)).isEmpty();
    return answer;
  }

  Answer ping(InputStream event) {
    var out = new ByteArrayOutputStream();
    function.handleRequest(event, out, null);
    return answer(out.toByteArray());
  }

  /// Puts a mail into the bucket, and tells the mail function of it.
  void receive(Letter letter) {
    messages.put(letter.id(), letter.raw());
    receive(letter.event());
  }

  /// Tells the mail function of mails that are in the bucket.
  void receive(InputStream event) {
    try {
      var out = new ByteArrayOutputStream();
      mail.handleRequest(event, out, null);
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{}");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Hands a batch to the inbox function.
  ///
  /// @return its answer: which messages go back
  String drain(InputStream event) {
    try {
      var out = new ByteArrayOutputStream();
      inbox.handleRequest(event, out, null);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Hands everything that waits on the inbox's queue to the inbox function, and asks it to drain
  /// the table.
  String drainInbox() {
    var messages = new ArrayList<>(waiting());
    for (int shard = 0; shard < InboxStore.SHARDS; shard++) {
      messages.add(Messages.write(new Message.Drain(shard)));
    }
    return drain(batch(messages));
  }

  /// Has the inbox function reach the tables by this client from now on.
  void drainBy(DynamoDbClient client) {
    inbox = inbox(client);
  }

  private InboxHandler inbox(DynamoDbClient client) {
    var letters = new LettersInMemory(messages);
    return new InboxHandler(settings, client, badDay.on(queues), letters, clock);
  }

  /// The messages of the inbox, which stay there.
  List<String> waiting() {
    return queues.sentTo("inbox").stream().map(QueueInMemory.Sent::body).toList();
  }

  /// The pings that wait in the table, those of a shard in the order of their arrival.
  List<WaitingPing> kept() {
    return IntStream.range(0, InboxStore.SHARDS)
        .boxed()
        .flatMap(shard -> inboxStore.page(shard, null, 1000).stream())
        .map(kept -> kept.ping().orElseThrow())
        .toList();
  }

  CheckItem item(CheckId id) {
    return checks.find(id).orElseThrow();
  }

  Check check(CheckId id) {
    return item(id).check();
  }

  Ping lastPing(CheckId id) {
    return log.pings(id, 0, 1).getFirst();
  }

  List<Ping> pings(CheckId id) {
    return log.pings(id, 0, 1000);
  }

  /// The hot item of a check, as it is stored.
  Map<String, AttributeValue> raw(CheckId id) {
    return memory
        .client()
        .getItem(get -> get.tableName(memory.tables().state()).key(hotKey(id)).consistentRead(true))
        .item();
  }

  /// Sets one attribute of a check's hot item, or removes it.
  ///
  /// @return what it was
  @Nullable AttributeValue edit(CheckId id, String attribute, @Nullable AttributeValue value) {
    return editAt(hotKey(id), attribute, value);
  }

  /// Sets one attribute of an item, or removes it.
  ///
  /// @return what it was
  @Nullable AttributeValue editAt(
      Map<String, AttributeValue> key, String attribute, @Nullable AttributeValue value) {
    return memory
        .client()
        .updateItem(update ->
            update
                .tableName(memory.tables().state())
                .key(key)
                .updateExpression(value == null ? "REMOVE #a" : "SET #a = :a")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(value == null ? null : Map.of(":a", value))
                .returnValues(ReturnValue.UPDATED_OLD))
        .attributes()
        .get(attribute);
  }

  private static Map<String, AttributeValue> hotKey(CheckId id) {
    return Map.of("pk", AttributeValue.fromS("CHECK#" + id), "sk", AttributeValue.fromS("HOT"));
  }

  /// What was consumed since the last question.
  Meter.Usage usage() {
    var usage = memory.meter().usage();
    memory.meter().reset();
    return usage;
  }

  @Override
  public void close() {
    memory.close();
  }

  /// An event of SQS with these messages.
  static InputStream batch(List<String> bodies) {
    return batch(bodies, 1);
  }

  /// An event that asks for all shards to be drained, received so often.
  static InputStream drains(int receiveCount) {
    return batch(
        IntStream.range(0, InboxStore.SHARDS)
            .mapToObj(shard -> Messages.write(new Message.Drain(shard)))
            .toList(),
        receiveCount);
  }

  private static InputStream batch(List<String> bodies, int receiveCount) {
    var out = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeName("Records");
      json.writeStartArray();
      for (var body : bodies) {
        json.writeStartObject();
        json.writeStringProperty("messageId", "message-" + bodies.indexOf(body));
        json.writeStringProperty("receiptHandle", "receipt");
        json.writeStringProperty("body", body);
        json.writeName("attributes");
        json.writeStartObject();
        json.writeStringProperty("ApproximateReceiveCount", Integer.toString(receiveCount));
        json.writeEndObject();
        json.writeStringProperty("eventSourceARN", "arn:aws:sqs:eu-central-1:123456789012:inbox");
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return new ByteArrayInputStream(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Pings a check as of a minute before now; `notify` and the sweep have seen to it since.
  CheckId comesUp(CheckId id) {
    clock.advance(Duration.ofMinutes(-1));
    assertThat(ping("/ping/" + id).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    checks.told(id, 1);
    checks.save(item(id), clock.instant(), check -> check.sweep(clock.instant()));
    queues.drain();
    usage();
    return id;
  }

  private static Description description() {
    try (var file = PingWorld.class.getResourceAsStream("/dev/rollcall/api/openapi.json")) {
      return Description.read(
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Answer answer(byte[] written) {
    var status = 0;
    var body = "";
    var headers = new HashMap<String, String>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), written)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "statusCode" -> status = parser.getIntValue();
          case "body" -> body = parser.getString();
          case "headers" -> {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
              var header = parser.currentName();
              parser.nextToken();
              headers.put(header, parser.getString());
            }
          }
          default -> parser.skipChildren();
        }
      }
    }
    return new Answer(status, headers, body);
  }
}
