package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Status;
import dev.rollcall.edge.Settings;
import dev.rollcall.inbox.InboxFunction;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.mail.CaughtMail;
import dev.rollcall.local.queue.VirtualSqs;
import dev.rollcall.notify.NotifyWiring;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.SchemaView;
import dev.rollcall.sweep.SweepWiring;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.TablesInMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The queues of a desk with all functions behind them, on data that they cannot read for a while.
class DegradedDeskTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final TablesInMemory memory = new TablesInMemory();
  private final SchemaItems data = new SchemaItems(memory);
  private final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  private final VirtualSqs sqs = new VirtualSqs(clock, Work.queues());
  private final SampleProject project = new SampleProject(memory, 10);
  private final Settings settings =
      new Settings(
          Map.of(
                  "ROLLCALL_STATE_TABLE", memory.tables().state(),
                  "ROLLCALL_LOG_TABLE", memory.tables().log(),
                  "ROLLCALL_FLIPS_QUEUE", sqs.url(Work.FLIPS),
                  "ROLLCALL_DUE_QUEUE", sqs.url(Work.DUE),
                  "ROLLCALL_DELIVERIES_QUEUE", sqs.url(Work.DELIVERIES),
                  "ROLLCALL_INBOX_QUEUE", sqs.url(Work.INBOX),
                  "ROLLCALL_SITE_ROOT", "http://localhost:8000",
                  "ROLLCALL_MAIL_FROM", "rollcall@localhost.localdomain")
              ::get);
  private final PingFunction ping = new PingFunction(settings, memory.client(), sqs, clock);
  private final Work work =
      new Work(
          sqs,
          clock,
          false,
          SweepWiring.handler(settings, memory.client(), sqs, clock),
          NotifyWiring.handler(settings, memory.client(), sqs, CaughtMail.inMemory(clock), clock),
          stream(new InboxFunction(settings, memory.client(), sqs, null, clock)));

  DegradedDeskTest() {
    clock.onAdvance(sqs::clockMoved);
  }

  @AfterEach
  void close() {
    work.close();
    sqs.close();
    memory.close();
  }

  @Test
  void Pings_of_hours_that_nobody_could_read_are_taken_by_the_next_sweep_and_nobody_is_alerted() {
    var id = project.check(Duration.ofHours(1), Duration.ofMinutes(10));
    ping(id);
    var _ = work.sweepToTheEnd();
    version(id, "3");
    data.unreadable();
    for (int hour = 0; hour < 5; hour++) {
      clock.advance(Duration.ofHours(1));
      ping(id);
      assertThat(work.sweepToTheEnd()).isEqualTo(new Work.Done(0, 0));
    }
    assertThat(waiting()).isEqualTo(5);

    data.aheadAndTolerant();
    clock.advance(SchemaView.TTL);
    var done = work.sweepToTheEnd();

    assertThat(waiting()).isZero();
    var check =
        new CheckCatalog(memory.client(), memory.tables()).find(id).orElseThrow().item().check();
    assertThat(check.pings()).isEqualTo(6);
    assertThat(check.flips()).isEqualTo(1);
    assertThat(check.status(clock.instant())).isEqualTo(Status.UP);
    assertThat(done.notifications()).isZero();
  }

  private void ping(CheckId id) {
    var out = new ByteArrayOutputStream();
    ping.handleRequest(HttpEvent.get("/ping/" + id).json(), out, null);
    assertThat(out.toString(UTF_8)).contains("\"statusCode\":200");
  }

  private int waiting() {
    var inbox = new InboxStore(memory.client(), memory.tables());
    return List.of(0, 1, 2, 3).stream()
        .mapToInt(shard -> inbox.page(shard, null, 100).size())
        .sum();
  }

  private void version(CheckId id, String version) {
    Items.edit(
        memory.client(),
        memory.tables().state(),
        "CHECK#" + id,
        "HOT",
        "_v",
        AttributeValue.fromN(version));
  }

  private static Function<InputStream, byte[]> stream(RequestStreamHandler function) {
    return event -> {
      var answer = new ByteArrayOutputStream();
      try {
        function.handleRequest(new ByteArrayInputStream(event.readAllBytes()), answer, null);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      return answer.toByteArray();
    };
  }
}
