package dev.rollcall.migrate;

import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.migrate.deploy.Deployments;
import dev.rollcall.migrate.deploy.TableBackups;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.migrate.site.BuiltSite;
import dev.rollcall.migrate.site.Edition;
import dev.rollcall.migrate.site.Publisher;
import dev.rollcall.store.RawItems;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/// What the migrate function is made of.
final class MigrateWiring {
  /// Calls may take longer than on a ping's way: nobody waits for these.
  private static final Duration TRY = Duration.ofSeconds(5);

  private static final Duration CALL = Duration.ofSeconds(20);

  private MigrateWiring() {}

  static Deployments deployments(Settings settings, InstantSource clock) {
    var tables = settings.tables();
    var bucket = settings.siteBucket();
    var dynamo = AwsClients.configure(DynamoDbClient.builder(), TRY, CALL).build();
    var s3 = AwsClients.configure(S3Client.builder(), TRY, CALL).build();
    var cloudFormation = AwsClients.configure(CloudFormationClient.builder(), TRY, CALL).build();
    var items = new RawItems(dynamo, tables);
    var backups = new TableBackups(dynamo, tables, clock);
    var documents = Documents.ofThisBuild().migrations();
    return new Deployments(
        Release.THIS,
        policy ->
            new Migrator(items, Release.THIS, documents, Setup.cloud("deploy", policy, backups)),
        wanted -> new Publisher(s3, bucket).publish(Edition.of(BuiltSite.files()), wanted::still),
        dynamo,
        tables,
        cloudFormation,
        clock);
  }
}
