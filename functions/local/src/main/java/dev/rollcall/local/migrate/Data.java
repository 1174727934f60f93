package dev.rollcall.local.migrate;

import dev.rollcall.edge.AwsClients;
import dev.rollcall.local.Folder;
import dev.rollcall.local.LocalTables;
import dev.rollcall.local.migrate.Command.Place;
import dev.rollcall.migrate.deploy.TableBackups;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Tables;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Data to migrate.
///
/// @param setup how
/// @param closing gives it back
record Data(RawItems items, Setup setup, Runnable closing) implements AutoCloseable {

  /// @param who works, for the history
  /// @throws CannotMigrate when there is none
  /// @throws dev.rollcall.local.CannotStart when a service has it
  static Data open(Place place, String who) {
    return switch (place) {
      case Place.Desk(var folder) -> desk(folder, who);
      case Place.Cloud cloud -> cloud(cloud, who);
    };
  }

  private static Data desk(Path path, String who) {
    if (!LocalTables.isIn(path)) {
      throw new CannotMigrate(
          "there is no data in %s; a local service makes some, and --data names its folder"
              .formatted(path));
    }
    var folder = Folder.take(path);
    var tables = LocalTables.open(path);
    return new Data(
        new RawItems(tables.client("migrate"), LocalTables.TABLES),
        Setup.alone(who, InstantSource.offset(InstantSource.system(), folder.clockOffset())),
        () -> {
          tables.close();
          folder.close();
        });
  }

  private static Data cloud(Place.Cloud place, String who) {
    var client =
        AwsClients.configure(DynamoDbClient.builder())
            .credentialsProvider(credentials(place.profile()))
            .region(region(place))
            .build();
    var tables = new Tables(place.stateTable(), place.stateTable());
    var backups = new TableBackups(client, tables, InstantSource.system());
    return new Data(
        new RawItems(client, tables), Setup.cloud(who, Policy.USUAL, backups), client::close);
  }

  private static AwsCredentialsProvider credentials(@Nullable String profile) {
    return profile == null
        ? AwsCredentialsProviderChain.of(
            EnvironmentVariableCredentialsProvider.create(), ProfileCredentialsProvider.create())
        : ProfileCredentialsProvider.create(profile);
  }

  private static Region region(Place.Cloud place) {
    if (place.region() != null) {
      return Region.of(place.region());
    }
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(),
              new AwsProfileRegionProvider(null, place.profile()))
          .getRegion();
    } catch (SdkClientException unknown) {
      throw new CannotMigrate("no region is set; name it with --region");
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
