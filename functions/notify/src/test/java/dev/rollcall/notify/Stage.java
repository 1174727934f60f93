package dev.rollcall.notify;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.json.Json;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.store.Agenda;
import dev.rollcall.store.AgendaStore;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.store.Route;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The whole function on tables in memory, with checks and channels to tell of.
final class Stage {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  static final Map<String, String> VARIABLES =
      Map.of(
          "ROLLCALL_STATE_TABLE", "state",
          "ROLLCALL_LOG_TABLE", "log",
          "ROLLCALL_DELIVERIES_QUEUE", "https://sqs.example/deliveries",
          "ROLLCALL_SITE_ROOT", "https://rollcall.example",
          "ROLLCALL_MAIL_FROM", "alerts@example.com",
          "ROLLCALL_MAIL_CONFIGURATION_SET", "rollcall-mail",
          "ROLLCALL_ALLOW_PRIVATE_ADDRESSES", "true");

  final SettableClock clock = new SettableClock(NOON);
  final RecordingQueue queue = new RecordingQueue();
  final RecordingPost post = new RecordingPost();
  final CheckCatalog catalog;
  final CheckStore checks;
  final LogStore log;
  final IntegrationStore integrations;
  final AgendaStore agendas;
  final Project project;

  private final TablesInMemory memory;

  Stage(TablesInMemory memory) {
    this.memory = memory;
    catalog = new CheckCatalog(memory.client(), memory.tables());
    checks = new CheckStore(memory.client(), memory.tables());
    log = new LogStore(memory.client(), memory.tables());
    integrations = new IntegrationStore(memory.client(), memory.tables());
    agendas = new AgendaStore(memory.client(), memory.tables());
    project =
        new Project(
            new ProjectId(UUID.randomUUID()),
            "Servers",
            UUID.randomUUID().toString(),
            UUID.randomUUID().toString(),
            100,
            100);
    new ProjectStore(memory.client(), memory.tables()).create(project);
  }

  /// A channel whose requests for both kinds of news go to `url`.
  ChannelId webhook(String url) {
    return channel("webhook", Map.of("url_down", url, "url_up", url), false);
  }

  ChannelId channel(String kind, Map<String, Object> settings, boolean disabled) {
    var id = new ChannelId(UUID.randomUUID());
    integrations.create(
        new Integration(id, project.id(), kind, "", settings, disabled, null, NOON));
    return id;
  }

  Integration integration(ChannelId id) {
    return integrations.find(id).orElseThrow();
  }

  CheckId check(ChannelId... channels) {
    return check(new CheckId(UUID.randomUUID()), channels);
  }

  CheckId check(CheckId id, ChannelId... channels) {
    var check =
        Check.create(
            id, project.id(), new Every(Duration.ofHours(1)), Duration.ofMinutes(5), Rules.NONE);
    var details =
        new Details(
            id,
            "Backup",
            "",
            "db prod",
            "",
            ZoneOffset.UTC,
            Keywords.NONE,
            false,
            false,
            new TreeSet<>(List.of(channels)),
            UUID.randomUUID(),
            NOON);
    catalog.create(check, details, 100, false);
    return id;
  }

  /// What happens to a check at `at`; its flips are untold afterwards.
  void happens(CheckId id, Instant at, Function<Check, Step> step) {
    checks.save(checks.find(id).orElseThrow(), at, step);
  }

  void succeeds(CheckId id, Instant at) {
    happens(id, at, check -> check.hear(new Signal.Success(null), at));
  }

  void fails(CheckId id, Instant at, int exitStatus, String body) {
    happens(id, at, check -> check.hear(new Signal.Failure(null), at));
    append(id, at, new Signal.Failure(null), exitStatus, body);
  }

  void logs(CheckId id, Instant at, int exitStatus) {
    happens(id, at, check -> check.hear(new Signal.Log(null), at));
    append(id, at, new Signal.Log(null), exitStatus, "");
  }

  private void append(CheckId id, Instant at, Signal signal, int exitStatus, String body) {
    var number = checks.find(id).orElseThrow().check().pings();
    var source = new Ping.Source("https", null, "POST", "curl");
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    log.append(
        new Ping(id, number, at, signal, exitStatus, source, Body.of(bytes)), Duration.ofDays(30));
  }

  List<Long> untold(CheckId id) {
    return checks.find(id).orElseThrow().untold().stream().map(flip -> flip.number()).toList();
  }

  Optional<Agenda> agenda(CheckId check, ChannelId channel) {
    return agendas.find(new Route(check, channel));
  }

  List<Notification.Outcome> outcomes(CheckId id) {
    return log.notifications(id).stream().map(Notification::outcome).toList();
  }

  /// Hands messages of one queue to the function; the ids of those that go back.
  String give(String queueName, int receiveCount, Message... messages) {
    var bodies = Stream.of(messages).map(Messages::write).toList();
    return give(memory.client(), queue, queueName, receiveCount, bodies);
  }

  String give(
      DynamoDbClient dynamo,
      SqsClient sqs,
      String queueName,
      int receiveCount,
      List<String> bodies) {
    try {
      return handle(dynamo, sqs, event(queueName, receiveCount, bodies));
    } catch (Batch.NothingDone error) {
      // As Lambda does with a batch that ends as an error.
      return back(IntStream.range(0, bodies.size()).toArray());
    }
  }

  /// Hands an event to the function.
  String handle(String event) {
    return handle(memory.client(), queue, event);
  }

  DynamoDbClient dynamo() {
    return memory.client();
  }

  private String handle(DynamoDbClient dynamo, SqsClient sqs, String event) {
    var handler = NotifyWiring.handler(new Settings(VARIABLES::get), dynamo, sqs, post, clock);
    var answer = handler.apply(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    return new String(answer, StandardCharsets.UTF_8);
  }

  /// What the function answers when just these messages go back; messages are numbered from 0.
  static String back(int... numbers) {
    var items = new ArrayList<String>();
    for (var number : numbers) {
      items.add("{\"itemIdentifier\":\"m" + number + "\"}");
    }
    return "{\"batchItemFailures\":[" + String.join(",", items) + "]}";
  }

  /// A message as a topic hands it over.
  static String fromTopic(String topic, String message) {
    var sns =
        Map.of(
            "MessageId",
            "s0",
            "TopicArn",
            "arn:aws:sns:eu-west-1:123456789012:" + topic,
            "Message",
            message,
            "MessageAttributes",
            Map.of());
    return Json.write(
        Map.of(
            "Records", List.of(Map.of("EventSource", "aws:sns", "Sns", sns, "EventVersion", "1"))));
  }

  static String event(String queueName, int receiveCount, List<String> bodies) {
    var records = new ArrayList<Map<String, Object>>();
    for (var body : bodies) {
      records.add(
          Map.of(
              "messageId", "m" + records.size(),
              "receiptHandle", "r" + records.size(),
              "body", body,
              "attributes", Map.of("ApproximateReceiveCount", Integer.toString(receiveCount)),
              "eventSourceARN", "arn:aws:sqs:eu-west-1:123456789012:" + queueName));
    }
    return Json.write(Map.of("Records", records));
  }
}
