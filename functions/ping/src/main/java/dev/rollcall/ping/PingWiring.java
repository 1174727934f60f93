package dev.rollcall.ping;

import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.HeardMail;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.Stores;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the ping functions are made of.
final class PingWiring {
  private PingWiring() {}

  static PingFront front(
      Settings settings,
      DynamoDbClient dynamo,
      SqsClient sqs,
      Letters letters,
      InstantSource clock) {
    var gate = new Gate(dynamo, settings, clock);
    var inbox = new Inbox(new InboxStore(dynamo, settings.tables()), inboxQueue(settings, sqs));
    return new PingFront(
        pings(settings, dynamo, sqs, letters, gate), inbox, Metrics.of(settings, clock), clock);
  }

  static Pings pings(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, Letters letters, Gate gate) {
    var stores = Stores.of(dynamo, settings.tables(), gate.view());
    return new Pings(
        stores.checks(),
        stores.catalog(),
        stores.log(),
        new HeardMail(dynamo, settings.tables()),
        new InboxStore(dynamo, settings.tables()),
        new Slugs(stores.projects(), stores.catalog(), stores.integrations(), gate),
        new Hints(
            new SqsQueue(sqs, settings.queueUrl("flips")),
            new SqsQueue(sqs, settings.queueUrl("due"))),
        gate,
        letters,
        settings.pingBodyLimit());
  }

  static Drain drain(
      Settings settings,
      DynamoDbClient dynamo,
      SqsClient sqs,
      Pings pings,
      Gate gate,
      InstantSource clock) {
    var inbox = new InboxStore(dynamo, settings.tables());
    return new Drain(inbox, pings, inboxQueue(settings, sqs), gate, clock);
  }

  private static SqsQueue inboxQueue(Settings settings, SqsClient sqs) {
    return new SqsQueue(sqs, settings.queueUrl("inbox"));
  }
}
