package dev.rollcall.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// `bench/burst`: how long after their deadline alerts arrive, of many checks at once, to a slow
/// receiver, and of single checks on a quiet service.
public final class BurstBench {

  /// Checks fall due half a minute after a full one: alone, without the tick of the minute.
  private static final Duration GRACE = Duration.ofSeconds(90);

  /// How long before the deadline the clock is set to go at its own pace. A sweep runs then.
  private static final Duration LEAD = Duration.ofSeconds(25);

  /// How long making the checks may take.
  private static final Duration SET_UP = Duration.ofMinutes(20);

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Duration SLOW = Duration.ofMillis(1500);
  private static final int SLOW_CHECKS = 20;

  private static final int QUIET_CHECKS = 20;
  private static final Duration QUIET_PERIOD = Duration.ofSeconds(60);

  private BurstBench() {}

  public static void main(String[] arguments) throws Exception {
    var wanted =
        arguments.length == 0 ? List.of("quiet", "slow", "1000", "10000") : List.of(arguments);
    System.out.println(
        "seconds from the deadline to the webhook; each run on a fresh service, in memory");
    for (var what : wanted) {
      switch (what) {
        case "quiet" -> quiet();
        case "slow" -> burst("20 slow webhooks", SLOW_CHECKS, SLOW, "58");
        default -> {
          var count = Integer.parseInt(what);
          burst(what + " checks", count, Duration.ZERO, reference(count));
        }
      }
    }
    System.exit(0);
  }

  /// What the reference took, first / last.
  private static String reference(int count) {
    return switch (count) {
      case 1000 -> "3.6 / 15–28 (10.8 with 10 workers)";
      case 10_000 -> "24–38 / 156–211";
      default -> "not measured";
    };
  }

  private static void burst(String name, int count, Duration pause, String reference)
      throws IOException, InterruptedException {
    try (var listener = Listener.start(pause);
        var desk = Desk.start("--memory")) {
      var channel = desk.webhook(listener.url());
      var offset = desk.clockOffset();
      var expected = Instant.now().plus(offset).plus(SET_UP).truncatedTo(ChronoUnit.MINUTES);
      var deadline = expected.plus(GRACE);
      var setUp = Instant.now();
      var _ =
          Desk.each(
              count,
              number -> {
                var url =
                    desk.check(
                        Map.of(
                            "name", Integer.toString(number),
                            "schedule", daily(expected),
                            "tz", "UTC",
                            "grace", GRACE.toSeconds(),
                            "channels", channel));
                desk.ping(url);
                return url;
              });
      var made = Duration.between(setUp, Instant.now());
      desk.advance(Duration.between(Instant.now().plus(offset), deadline.minus(LEAD)));
      var due = deadline.minus(desk.clockOffset());
      Thread.sleep(Duration.between(Instant.now(), due.minusSeconds(1)));
      var calls = desk.calls();
      var cpu = desk.cpu();
      var arrivals = listener.await(count, LONGEST);
      var alone = desk.cpu().minus(cpu);
      var waits = Samples.of(arrivals.values().stream().map(at -> seconds(due, at)).toList());
      System.out.printf(
          Locale.ROOT,
          "%-18s first %6.2f  last %6.2f   reference %s%n"
              + "%-18s %d of %d told, %d repeated; per alert %.1f DynamoDB calls, %.1f ms CPU of the"
              + " whole service; set up in %d s%n",
          name,
          waits.min(),
          waits.max(),
          reference,
          "",
          arrivals.size(),
          count,
          listener.repeated(),
          (double) (desk.calls() - calls) / count,
          (double) alone.toMillis() / count,
          made.toSeconds());
    }
  }

  private static void quiet() throws IOException, InterruptedException {
    try (var listener = Listener.start(Duration.ZERO);
        var desk = Desk.start("--memory")) {
      var channel = desk.webhook(listener.url());
      var random = new Random();
      var pinged = new ArrayList<Instant>();
      for (int i = 0; i < QUIET_CHECKS; i++) {
        var url =
            desk.check(
                Map.of(
                    "name", Integer.toString(i),
                    "timeout", QUIET_PERIOD.toSeconds(),
                    "grace", QUIET_PERIOD.toSeconds(),
                    "channels", channel));
        Thread.sleep(random.nextInt(500, 1500));
        var before = Instant.now();
        desk.ping(url);
        pinged.add(before.plus(Duration.between(before, Instant.now()).dividedBy(2)));
      }
      var silence = QUIET_PERIOD.multipliedBy(2);
      var left = Duration.between(Instant.now(), pinged.getFirst().plus(silence));
      var jump = left.minusSeconds(10);
      desk.advance(jump);
      var arrivals = listener.await(QUIET_CHECKS, LONGEST);
      var waits = new ArrayList<Double>();
      arrivals.forEach((name, at) -> {
        var deadline = pinged.get(Integer.parseInt(name)).plus(silence).minus(jump);
        waits.add(seconds(deadline, at));
      });
      var delays = Samples.of(waits);
      System.out.printf(
          Locale.ROOT,
          "%-18s median %.2f  max %.2f   reference 1.0–1.5, max 2.0%n%-18s %d of %d told%n",
          "quiet service",
          delays.median(),
          delays.max(),
          "",
          arrivals.size(),
          QUIET_CHECKS);
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  private static String daily(Instant at) {
    var time = at.atZone(ZoneOffset.UTC);
    return time.getMinute() + " " + time.getHour() + " * * *";
  }
}
