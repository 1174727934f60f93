package dev.rollcall.local.command;

import java.nio.file.Path;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The options that name a place, while a command is read.
public final class PlaceOptions {
  /// Their lines of a usage text, indented as an option's.
  public static final String USAGE =
      """
        --data DIR                  the data of a local service that is not running (.rollcall)
        --state-table NAME          a table in AWS instead  [--profile NAME] [--region REGION]
      """;

  private @Nullable Path data;
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
    if (stateTable != null) {
      if (data != null) {
        throw new IllegalArgumentException("--data and --state-table exclude each other");
      }
      return new Place.Cloud(stateTable, profile, region);
    }
    if (profile != null || region != null) {
      throw new IllegalArgumentException(
          "--profile and --region need --state-table, the name of the table");
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
