package dev.rollcall.local.command;

import dev.rollcall.edge.AwsClients;
import dev.rollcall.local.Folder;
import dev.rollcall.local.LocalTables;
import dev.rollcall.store.Tables;
import java.nio.file.Path;
import java.time.Duration;
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
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Data that a command works on.
///
/// @param tables in AWS the log table is not known, and the state table stands for both: commands
///   are about what the state table holds
/// @param site where the API of the data is, as a URL; null where that is not known
/// @param clock that of whoever has served the data: a desk's may have been moved
/// @param closing gives it back
public record Data(
    Place place,
    DynamoDbClient client,
    Tables tables,
    @Nullable String site,
    InstantSource clock,
    Runnable closing)
    implements AutoCloseable {
  /// CloudFormation takes longer than tables do.
  private static final Duration STACK_TRY = Duration.ofSeconds(10);

  private static final Duration STACK_CALL = Duration.ofSeconds(30);

  /// @throws NoData when there is none
  /// @throws software.amazon.awssdk.core.exception.SdkException when a stack cannot be asked for it
  /// @throws dev.rollcall.local.CannotStart when a service has it
  public static Data open(Place place) {
    return switch (place) {
      case Place.Desk desk -> desk(desk);
      case Place.Cloud(var table, var profile, var region) ->
          cloud(place, table, null, profile, region(profile, region));
      case Place.Stack(var name, var profile, var given) -> {
        var region = region(profile, given);
        try (var cloudFormation =
            AwsClients.configure(CloudFormationClient.builder(), STACK_TRY, STACK_CALL)
                .credentialsProvider(credentials(profile))
                .region(region)
                .build()) {
          var outputs = new StackOutputs(cloudFormation, name, region.id());
          yield cloud(place, outputs.stateTable(), outputs.site(), profile, region);
        }
      }
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
        null,
        InstantSource.offset(InstantSource.system(), folder.clockOffset()),
        () -> {
          tables.close();
          folder.close();
        });
  }

  private static Data cloud(
      Place place,
      String stateTable,
      @Nullable String site,
      @Nullable String profile,
      Region region) {
    var client =
        AwsClients.configure(DynamoDbClient.builder())
            .credentialsProvider(credentials(profile))
            .region(region)
            .build();
    return new Data(
        place,
        client,
        new Tables(stateTable, stateTable),
        site,
        InstantSource.system(),
        client::close);
  }

  private static AwsCredentialsProvider credentials(@Nullable String profile) {
    return profile == null
        ? AwsCredentialsProviderChain.of(
            EnvironmentVariableCredentialsProvider.create(), ProfileCredentialsProvider.create())
        : ProfileCredentialsProvider.create(profile);
  }

  private static Region region(@Nullable String profile, @Nullable String given) {
    if (given != null) {
      return Region.of(given);
    }
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider(null, profile))
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
