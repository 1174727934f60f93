package dev.rollcall.edge.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.Saved;
import dev.rollcall.testing.QueueInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HintsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final QueueInMemory queues = new QueueInMemory();
  private final Hints hints = new Hints(new SqsQueue(queues, "flips"), new SqsQueue(queues, "due"));

  @Test
  void hurry_each_flip_and_a_near_deadline() {
    var step = check(MINUTE, Duration.ofMillis(60_500)).hear(new Signal.Success(null), NOON);

    hints.after(saved(step), NOON);

    var id = step.check().id();
    var deadline = NOON.plusMillis(120_500);
    assertThat(queues.sent())
        .containsExactly(
            new QueueInMemory.Sent("flips", Messages.write(new Message.Told(id, 1)), 0),
            new QueueInMemory.Sent(
                "due", Messages.write(new Message.Look(id, deadline, deadline)), 121));
  }

  @Test
  void hurry_nobody_before_the_deadline_not_even_by_a_microsecond() {
    var step = check(MINUTE, MINUTE.plusNanos(1_000)).hear(new Signal.Success(null), NOON);

    hints.after(saved(new Step(step.check(), List.of())), NOON);

    assertThat(queues.sent()).extracting(QueueInMemory.Sent::delaySeconds).containsExactly(121);
  }

  @Test
  void leave_a_far_deadline_to_the_sweep() {
    var step = check(MINUTE, Duration.ofSeconds(91)).hear(new Signal.Success(null), NOON);

    hints.after(saved(new Step(step.check(), List.of())), NOON);

    assertThat(queues.sent()).isEmpty();
  }

  @Test
  void look_at_once_at_what_is_overdue() {
    var step = check(MINUTE, MINUTE).hear(new Signal.Success(null), NOON);

    hints.after(saved(new Step(step.check(), List.of())), NOON.plusSeconds(500));

    assertThat(queues.sent())
        .extracting(QueueInMemory.Sent::queue, QueueInMemory.Sent::delaySeconds)
        .containsExactly(tuple("due", 0));
  }

  @Test
  void survive_a_queue_that_does_not_answer() {
    var step = check(MINUTE, MINUTE).hear(new Signal.Success(null), NOON);
    queues.breakDown();

    assertThatCode(() -> hints.after(saved(step), NOON)).doesNotThrowAnyException();
  }

  private static Saved.Done saved(Step step) {
    return new Saved.Done(
        new CheckItem(step.check(), 2, null, step.flips(), "request"), step.flips());
  }

  private static Check check(Duration period, Duration grace) {
    return Check.create(
        new CheckId(UUID.randomUUID()),
        new ProjectId(UUID.randomUUID()),
        new Every(period),
        grace,
        Rules.NONE);
  }
}
