package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.queue.VirtualSqs;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The tick of every minute, and a sweep that somebody asks for meanwhile.
class WorkTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  private final VirtualSqs sqs = new VirtualSqs(clock, Work.queues());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger sweeps = new AtomicInteger();
  private final Work work =
      new Work(sqs, clock, true, this::sweep, WorkTest::nothing, WorkTest::nothing);

  @AfterEach
  void close() {
    mayEnd.countDown();
    work.close();
    sqs.close();
  }

  @Test
  void A_sweep_that_is_asked_for_waits_for_the_tick_that_is_under_way() throws Exception {
    begun.await();
    var asked = Thread.ofPlatform().start(work::sweepToTheEnd);
    Wait.until("it waits", () -> asked.getState() == Thread.State.WAITING);
    assertThat(sweeps).hasValue(1);

    mayEnd.countDown();
    asked.join();
    assertThat(sweeps).hasValue(2);
  }

  private static byte[] nothing(InputStream event) {
    return new byte[0];
  }

  private byte[] sweep(InputStream event) {
    sweeps.incrementAndGet();
    begun.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return new byte[0];
  }
}
