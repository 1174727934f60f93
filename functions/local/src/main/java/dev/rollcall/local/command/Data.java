package dev.rollcall.local.command;

import dev.rollcall.edge.AwsClients;
import dev.rollcall.local.Folder;
import dev.rollcall.local.LocalTables;
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

/// Data that a command works on.
///
/// @param tables in AWS the log table is not known, and the state table stands for both: commands
///   are about what the state table holds
/// @param clock that of whoever has served the data: a desk's may have been moved
/// @param closing gives it back
public record Data(
    Place place, DynamoDbClient client, Tables tables, InstantSource clock, Runnable closing)
    implements AutoCloseable {

  /// @throws NoData when there is none
  /// @throws dev.rollcall.local.CannotStart when a service has it
  public static Data open(Place place) {
    return switch (place) {
      case Place.Desk desk -> desk(desk);
      case Place.Cloud cloud -> cloud(cloud);
    };
  }

  private static Data desk(Place.Desk place) {
    Path path = place.folder();
    if (!LocalTables.isIn(path)) {
      throw new NoData(
          "there is no data in %s; a local service makes some, and --data names its folder"
              .formatted(path));
    }
    var folder = Folder.take(path);
    var tables = LocalTables.open(path);
    return new Data(
        place,
        tables.client("command"),
        LocalTables.TABLES,
        InstantSource.offset(InstantSource.system(), folder.clockOffset()),
        () -> {
          tables.close();
          folder.close();
        });
  }

  private static Data cloud(Place.Cloud place) {
    var client =
        AwsClients.configure(DynamoDbClient.builder())
            .credentialsProvider(credentials(place.profile()))
            .region(region(place))
            .build();
    return new Data(
        place,
        client,
        new Tables(place.stateTable(), place.stateTable()),
        InstantSource.system(),
        client::close);
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
      throw new NoData("no region is set; name it with --region");
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
