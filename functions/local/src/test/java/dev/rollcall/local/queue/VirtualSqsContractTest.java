package dev.rollcall.local.queue;

import dev.rollcall.local.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The contract on a clock that moves only when it is told to.
class VirtualSqsContractTest extends SqsContract {
  private final VirtualClock clock =
      new VirtualClock(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), Duration.ZERO);
  private final VirtualSqs sqs =
      new VirtualSqs(
          clock,
          List.of(
              new QueueSpec("jobs", VISIBILITY, MAX_RECEIVES, "dead"),
              new QueueSpec("dead", VISIBILITY, 1, null)));

  @Override
  SqsClient sqs() {
    return sqs;
  }

  @Override
  String url() {
    return sqs.url("jobs");
  }

  @Override
  String deadLetterUrl() {
    return sqs.url("dead");
  }

  @Override
  void passSecond() {
    clock.advance(Duration.ofSeconds(1));
  }
}
