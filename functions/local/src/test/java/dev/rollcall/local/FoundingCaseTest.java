package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Why Rollcall exists: somebody upgrades, the data is migrated, he goes back, and the older
/// release works.
class FoundingCaseTest {
  private static final int CHECKS = 25;

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(longs = 1)
  void This_release_takes_back_what_a_newer_one_did_and_works_while_pings_arrive(long seed)
      throws IOException {
    var checks = new ArrayList<String>();
    try (var service = Service.start(new Options(0, data, false))) {
      var remote = Remote.at(service.url());
      for (int n = 0; n < CHECKS; n++) {
        checks.add(check(remote, n));
        assertThat(remote.ping(checks.getLast())).isEqualTo(200);
      }
    }
    var newer = NewerRelease.drawn(seed);
    newer.serve(data);

    try (var service = Service.start(new Options(0, data, false), Duration.ZERO)) {
      var remote = Remote.at(service.url());
      try (var pinger = new Pinger(remote, checks)) {
        Wait.until("data of this release\n" + newer.said(), () -> isServed(remote));
        pinger.stop();
        Wait.until(
            "every ping counted",
            () -> {
              remote.control("POST", "/sweep", Map.of());
              return counted(remote) >= CHECKS + pinger.accepted();
            });
        assertThat(counted(remote)).isEqualTo(CHECKS + pinger.accepted());
        assertThat(pinger.refused()).isZero();
        assertThat(pinger.accepted()).isGreaterThan(CHECKS);
      }
      var list = remote.api("GET", "/api/v3/checks/", Map.of()).path("checks");
      assertThat(list.valueStream())
          .hasSize(CHECKS)
          .allSatisfy(check -> {
            assertThat(check.path("status").asString()).isEqualTo("up");
            assertThat(check.path("desc").asString()).startsWith("Number ");
            assertThat(check.path("grace").asInt()).isEqualTo(3599);
            assertThat(check.path("timeout").asInt()).isEqualTo(7200);
          });
      assertThat(RecordedCasesTest.disagreements(remote)).isEmpty();
    }
  }

  private static String check(Remote remote, int number) {
    var fields =
        Map.of("name", "c" + number, "desc", "Number " + number, "timeout", 7200, "grace", 3599);
    var made = remote.api("POST", "/api/v3/checks/", fields);
    var url = made.path("ping_url").asString();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static boolean isServed(Remote remote) {
    var key = remote.session().path("api_key").asString();
    var answer =
        remote.http().send("GET", "/api/v3/checks/", Map.of("X-Api-Key", key), new byte[0]);
    return answer.status() == 200;
  }

  private static long counted(Remote remote) {
    return remote
        .api("GET", "/api/v3/checks/", Map.of())
        .path("checks")
        .valueStream()
        .mapToLong(check -> check.path("n_pings").asLong())
        .sum();
  }

  /// Jobs that go on pinging whatever happens.
  private static final class Pinger implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Thread thread;

    Pinger(Remote remote, List<String> checks) {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; !stopped.get() || n < 2 * checks.size(); n++) {
                  var status = remote.ping(checks.get(n % checks.size()));
                  (status == 200 ? accepted : refused).incrementAndGet();
                }
              });
    }

    long accepted() {
      return accepted.get();
    }

    long refused() {
      return refused.get();
    }

    void stop() {
      stopped.set(true);
      try {
        thread.join();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      stop();
    }
  }
}
