package dev.rollcall.bench;

/// `bench/migrate`: what a migration of many checks and the way back cost, and what pings take
/// meanwhile.
public final class MigrateBench {
  private static final int CHECKS = 100_000;
  private static final int PINGS = 50;

  private MigrateBench() {}

  public static void main(String[] arguments) throws Exception {
    var checks = arguments.length > 0 ? positive(arguments[0]) : CHECKS;
    var pings = arguments.length > 1 ? positive(arguments[1]) : PINGS;
    Probe.run(MigrateProbe.class, "512m", Integer.toString(checks), Integer.toString(pings));
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
