package dev.rollcall.local.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The options that name a place, while a command is read.
public final class PlaceOptions {
  /// Their lines of a usage text, indented as an option's.
  public static final String USAGE =
      """
        --data DIR                  the data of a local service that is not running (.rollcall)
        --stack NAME                that of a stack in AWS  [--profile NAME] [--region REGION]
        --state-table NAME          that of a table in AWS  [--profile NAME] [--region REGION]
      """;

  private @Nullable Path data;
  private @Nullable String stack;
  private @Nullable String stateTable;
  private @Nullable String profile;
  private @Nullable String region;

  /// Reads an option if it is one of these.
  ///
  /// @param rest what was typed after it; its value is taken from there
  /// @throws IllegalArgumentException saying what is wrong
  public boolean read(String option, Queue<String> rest) {
    switch (option) {
      case "--data" -> data = Path.of(value(option, rest));
      case "--stack" -> stack = value(option, rest);
      case "--state-table" -> stateTable = value(option, rest);
      case "--profile" -> profile = value(option, rest);
      case "--region" -> region = value(option, rest);
      default -> {
        return false;
      }
    }
    return true;
  }

  /// @throws IllegalArgumentException when they do not go together
  public Place place() {
    if (Stream.of(data, stack, stateTable).filter(Objects::nonNull).count() > 1) {
      throw new IllegalArgumentException("--data, --stack and --state-table exclude each other");
    }
    if (stack != null) {
      return new Place.Stack(stack, profile, region);
    }
    if (stateTable != null) {
      return new Place.Cloud(stateTable, profile, region);
    }
    if (profile != null || region != null) {
      throw new IllegalArgumentException("--profile and --region need --stack or --state-table");
    }
    return new Place.Desk(data == null ? Path.of(".rollcall") : data);
  }

  /// The value of an option.
  ///
  /// @throws IllegalArgumentException when nothing follows
  public static String value(String option, Queue<String> rest) {
    var value = rest.poll();
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }
}
