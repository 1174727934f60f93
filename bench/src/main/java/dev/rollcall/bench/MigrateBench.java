package dev.rollcall.bench;

import java.util.List;

/// `bench/migrate`: what a migration of many checks and the way back cost, and what pings take
/// meanwhile. DynamoDB runs here; the migrator and the ping function in a process of their own,
/// with the real wire between them.
public final class MigrateBench {
  private static final int CHECKS = 100_000;
  private static final int PINGS = 50;

  private MigrateBench() {}

  public static void main(String[] arguments) throws Exception {
    var checks = arguments.length > 0 ? positive(arguments[0]) : CHECKS;
    var pings = arguments.length > 1 ? positive(arguments[1]) : PINGS;
    try (var cloud = Cloud.start()) {
      var probe =
          Child.start(
              MigrateProbe.class.getName(),
              List.of("-Xmx512m"),
              List.of(Integer.toString(checks), Integer.toString(pings)),
              cloud.environment());
      probe.getInputStream().transferTo(System.out);
      if (probe.waitFor() != 0) {
        throw new IllegalStateException("the probe ended with " + probe.exitValue());
      }
    }
    System.exit(0);
  }

  private static int positive(String argument) {
    if (!argument.matches("[1-9][0-9]{0,7}")) {
      System.err.println("not a number from 1 to 99999999: " + argument);
      System.exit(2);
    }
    return Integer.parseInt(argument);
  }
}
