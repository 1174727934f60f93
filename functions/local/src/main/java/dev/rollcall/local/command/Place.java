package dev.rollcall.local.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the data is.
public sealed interface Place {
  /// In the folder of a local service.
  record Desk(Path folder) implements Place {}

  /// In AWS, in the state table that a stack's outputs name. Credentials are those of [Cloud].
  record Stack(String name, @Nullable String profile, @Nullable String region) implements Place {}

  /// In AWS. Without a profile the environment's credentials are used, or the default profile's.
  record Cloud(String stateTable, @Nullable String profile, @Nullable String region)
      implements Place {}
}
