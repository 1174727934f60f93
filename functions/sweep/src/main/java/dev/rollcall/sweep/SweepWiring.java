package dev.rollcall.sweep;

import dev.rollcall.core.zone.Zones;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.InboxStore;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.function.Function;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the sweep function is made of.
public final class SweepWiring implements ApplicationContextInitializer<GenericApplicationContext> {

  @Override
  public void initialize(GenericApplicationContext context) {
    context.registerBean(
        "sweep",
        FunctionRegistration.class,
        () ->
            new FunctionRegistration<>(
                    handler(
                        Settings.fromEnvironment(),
                        AwsClients.dynamoDb(),
                        AwsClients.sqs(),
                        InstantSource.system()))
                .type(FunctionTypeUtils.functionType(InputStream.class, byte[].class)));
  }

  /// The function, on these clients.
  public static Function<InputStream, byte[]> handler(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, InstantSource clock) {
    var tables = settings.tables();
    var gate = new Gate(dynamo, settings, clock);
    var queues =
        new Sweep.Outgoing(
            new SqsQueue(sqs, settings.queueUrl("flips")),
            new SqsQueue(sqs, settings.queueUrl("due")),
            new SqsQueue(sqs, settings.queueUrl("inbox")));
    var sweep =
        new Sweep(
            new CheckStore(dynamo, tables, gate.view()), new InboxStore(dynamo, tables), queues);
    return new SweepHandler(
        sweep,
        gate,
        new Degraded(Metrics.of(settings, clock)),
        AwsClients.heartbeat(settings.heartbeatUrl()),
        new AgeOfZones(Zones.data()),
        clock);
  }
}
