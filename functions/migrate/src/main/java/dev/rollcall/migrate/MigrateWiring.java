package dev.rollcall.migrate;

import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.migrate.deploy.Adoption;
import dev.rollcall.migrate.deploy.Deployments;
import dev.rollcall.migrate.deploy.TableBackups;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.migrate.site.BuiltSite;
import dev.rollcall.migrate.site.Edition;
import dev.rollcall.migrate.site.Publisher;
import dev.rollcall.store.RawItems;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the migrate function is made of.
public final class MigrateWiring {
  /// Calls may take longer than on a ping's way: nobody waits for these.
  private static final Duration TRY = Duration.ofSeconds(5);

  private static final Duration CALL = Duration.ofSeconds(20);

  private MigrateWiring() {}

  /// Gives a client's builder what the clients of this function have.
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configure(
      B builder) {
    return AwsClients.configure(builder, TRY, CALL);
  }

  /// @param release whose function it is
  /// @param documents those of the release, by rising level
  /// @param sqs asked for only where tables are taken over
  /// @param watch passes the time in which nothing can be done
  public static Deployments deployments(
      Settings settings,
      DynamoDbClient dynamo,
      S3Client s3,
      CloudFormationClient cloudFormation,
      Supplier<SqsClient> sqs,
      Release release,
      List<Migration> documents,
      Watch watch) {
    var tables = settings.tables();
    var items = new RawItems(dynamo, tables);
    var backups = new TableBackups(dynamo, tables, watch::now);
    return new Deployments(
        release,
        policy ->
            new Migrator(items, release, documents, Setup.cloud("deploy", policy, backups, watch)),
        wanted ->
            new Publisher(s3, settings.siteBucket())
                .publish(Edition.of(BuiltSite.files()), wanted::still),
        new Adoption(
            dynamo,
            tables,
            release,
            () -> new SqsQueue(sqs.get(), settings.queueUrl("deliveries")),
            watch),
        dynamo,
        tables,
        cloudFormation,
        watch);
  }
}
