package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.HOUR;
import static dev.rollcall.ping.PingWorld.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Meter.Usage;
import dev.rollcall.testing.SampleProject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What pings cost, in calls to DynamoDB, write units and read units, by the capacity that DynamoDB
/// Local reports. AWS bills one write unit more where a condition fails, which DynamoDB Local does
/// not report; these cases say so.
class PingCostTest {
  private static final String SLUG = "/ping/" + SampleProject.PING_KEY + "/my-job";
  private static final String RUN = "rid=11111111-1111-4111-8111-111111111111";

  private final PingWorld world = new PingWorld();
  private CheckId id = world.upCheck("my-job");

  @BeforeEach
  void forget_the_preparations() {
    world.usage();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class A_mail {
    @Test
    void costs_6_calls_and_3_units_each_to_read_and_to_write() {
      world.receive(Letter.to(id + "@ping.example.org"));
      assertThat(world.usage()).isEqualTo(new Usage(6, 3.0, 3.0));
    }

    /// Passed on and signed several times: 4.9 KB of headers that hardly compress, with 40 lines of
    /// text.
    @Test
    void costs_7_write_units_with_the_headers_of_servers_and_2_KB_of_text() {
      var random = new Random(1);
      var headers = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        var signature = new byte[360];
        random.nextBytes(signature);
        headers.append("X-Signature: ").append(Base64.getEncoder().encodeToString(signature));
        headers.append("\r\n");
      }
      var text = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        text.append("2026-06-01 12:00:").append(i).append(" copied file ").append(random.nextInt());
        text.append(" of the nightly set\r\n");
      }
      var message = headers + "Subject: Backup complete\r\n\r\n" + text;
      world.receive(
          Letter.to(id + "@ping.example.org").being(message.getBytes(StandardCharsets.UTF_8)));

      assertThat(world.usage()).isEqualTo(new Usage(6, 7.0, 3.0));
    }

    @Test
    void costs_a_read_unit_when_it_comes_again() {
      var letter = Letter.to(id + "@ping.example.org");
      world.receive(letter);
      world.usage();
      world.receive(letter);
      assertThat(world.usage()).isEqualTo(new Usage(1, 0.0, 1.0));
    }
  }

  @Nested
  class A_success_on_a_healthy_check {
    private static final Usage HEADLINE = new Usage(2, 2.0, 0.0);

    @Test
    void costs_2_calls_and_2_write_units() {
      assertThat(cost(HttpEvent.get("/ping/" + id))).isEqualTo(HEADLINE);
    }

    @Test
    void costs_the_same_the_hundredth_time() {
      for (int turn = 0; turn < 99; turn++) {
        world.ping("/ping/" + id);
      }
      world.usage();
      assertThat(cost(HttpEvent.get("/ping/" + id))).isEqualTo(HEADLINE);
    }

    @Test
    void costs_the_same_with_an_exit_status_of_0() {
      assertThat(cost(HttpEvent.get("/ping/" + id + "/0"))).isEqualTo(HEADLINE);
    }

    @Test
    void costs_the_same_with_everything_that_fits_into_the_log_entry() {
      var event =
          HttpEvent.post("/ping/" + id + "/0", noise(599))
              .asking(RUN)
              .from("u".repeat(200), "2001:0db8:85a3:1234:5678:8a2e:0370:7334");
      assertThat(cost(event)).isEqualTo(HEADLINE);
      assertThat(world.lastPing(id).body()).isEqualTo(Body.of(noise(599)));
    }

    @Test
    void costs_the_same_with_a_longer_body_that_compresses() {
      var line = "2026-06-01 12:00:00 INFO copied /srv/data/customers/0001.dat\n";
      var body = line.repeat(10_000 / line.length() + 1).substring(0, 10_000);
      var event = HttpEvent.post("/ping/" + id, body.getBytes(StandardCharsets.UTF_8));
      assertThat(cost(event)).isEqualTo(HEADLINE);
      assertThat(world.lastPing(id).body().text()).isEqualTo(body);
    }

    @Test
    void costs_a_write_unit_for_each_kilobyte_of_a_body_that_does_not_compress() {
      assertThat(cost(HttpEvent.post("/ping/" + id, noise(10_000))))
          .isEqualTo(new Usage(2, 11.0, 0.0));
    }

    @Test
    void costs_two_reads_more_by_slug() {
      assertThat(cost(HttpEvent.get(SLUG))).isEqualTo(new Usage(4, 2.0, 2.0));
    }
  }

  @Nested
  class Any_other_ping {
    @Test
    void costs_a_read_and_a_due_index_write_when_it_is_a_start() {
      assertThat(cost(HttpEvent.get("/ping/" + id + "/start"))).isEqualTo(new Usage(3, 4.0, 1.0));
    }

    @Test
    void costs_a_read_when_it_is_a_log() {
      assertThat(cost(HttpEvent.get("/ping/" + id + "/log"))).isEqualTo(new Usage(3, 2.0, 1.0));
    }

    @Test
    void costs_a_read_and_a_due_index_write_when_it_is_the_first_failure() {
      assertThat(cost(HttpEvent.get("/ping/" + id + "/fail"))).isEqualTo(new Usage(3, 4.0, 1.0));
    }

    @Test
    void costs_a_read_when_it_is_a_further_failure() {
      world.ping("/ping/" + id + "/fail");
      world.usage();
      assertThat(cost(HttpEvent.get("/ping/" + id + "/fail"))).isEqualTo(new Usage(3, 2.0, 1.0));
    }

    /// And one write unit for the condition that failed.
    @Test
    void costs_a_third_call_and_no_read_when_it_is_the_success_that_ends_a_run() {
      world.ping("/ping/" + id + "/start");
      world.usage();
      assertThat(cost(HttpEvent.get("/ping/" + id))).isEqualTo(new Usage(3, 2.0, 0.0));
    }

    /// And one write unit for the condition that failed.
    @Test
    void costs_a_third_call_and_a_due_index_write_when_it_is_the_first_of_a_check() {
      var fresh = world.project.check(HOUR, TEN_MINUTES);
      world.usage();
      assertThat(cost(HttpEvent.get("/ping/" + fresh))).isEqualTo(new Usage(3, 3.0, 0.0));
    }

    @Test
    void costs_nothing_when_nobody_has_the_address() {
      assertThat(cost(HttpEvent.get("/ping/nobody"))).isEqualTo(new Usage(0, 0.0, 0.0));
    }

    /// And one write unit for the condition that failed. Before anybody is said not to be there,
    /// the data is asked whether this release can read it, once in 15 seconds.
    @Test
    void costs_one_call_when_nobody_has_the_uuid() {
      var nobody = HttpEvent.get("/ping/00000000-0000-4000-8000-000000000000");
      assertThat(cost(nobody).calls()).isEqualTo(2);
      assertThat(cost(nobody).calls()).isEqualTo(1);
    }

    /// And one write unit for the condition that failed, and five because AWS bills the five items
    /// of the transaction that makes the check twice. Before it, the data is asked whether this
    /// release may change it, once in 15 seconds. After it, the place that the check had among
    /// those being made is given back.
    @Test
    void costs_once_what_it_takes_to_make_the_check() {
      var usage = cost(HttpEvent.get(SLUG + "-2").asking("create=1"));
      assertThat(usage).isEqualTo(new Usage(11, 11.0, 4.0));
    }
  }

  private Usage cost(HttpEvent event) {
    assertThat(world.ping(event).status()).isNotEqualTo(503);
    assertThat(world.waiting()).isEmpty();
    return world.usage();
  }

  private static byte[] noise(int size) {
    var bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
