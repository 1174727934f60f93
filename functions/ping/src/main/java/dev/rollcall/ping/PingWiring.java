package dev.rollcall.ping;

import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.ProjectStore;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the ping functions are made of.
final class PingWiring {
  private PingWiring() {}

  static PingFront front(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, InstantSource clock) {
    var inbox = new Inbox(new SqsQueue(sqs, settings.queueUrl("inbox")));
    return new PingFront(pings(settings, dynamo, sqs), inbox, clock);
  }

  static Pings pings(Settings settings, DynamoDbClient dynamo, SqsClient sqs) {
    var tables = settings.tables();
    var catalog = new CheckCatalog(dynamo, tables);
    return new Pings(
        new CheckStore(dynamo, tables),
        catalog,
        new LogStore(dynamo, tables),
        new Slugs(new ProjectStore(dynamo, tables), catalog, new IntegrationStore(dynamo, tables)),
        new Hints(
            new SqsQueue(sqs, settings.queueUrl("flips")),
            new SqsQueue(sqs, settings.queueUrl("due"))),
        settings.pingBodyLimit());
  }
}
