package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Notification.Outcome;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.TablesInMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  private static final CheckId CHECK = new CheckId(new UUID(0, 1));
  private static final ChannelId CHANNEL = new ChannelId(new UUID(0, 2));

  private final TablesInMemory memory = new TablesInMemory();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Predicate<Call> refused = _ -> false;
  private final Ledger ledger =
      new Ledger(
          new LogStore(
              Faults.failing(this::isRefused, IllegalStateException::new, memory.client()),
              memory.tables()));

  @AfterEach
  void close() {
    memory.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 25, 26, 60})
  void What_comes_during_a_write_is_written_together(int others) throws Exception {
    appendDuringAWrite(others, 0);

    assertThat(numbers())
        .containsExactlyElementsOf(LongStream.rangeClosed(0, others).boxed().toList());
    assertThat(calls).hasSize(1 + (others + 24) / 25);
  }

  @Test
  void What_cannot_be_written_together_is_written_alone() throws Exception {
    refused = call -> call.operation().equals("batchWriteItem");
    appendDuringAWrite(3, 0);

    assertThat(numbers()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void What_cannot_be_written_at_all_is_told_to_each_that_waits_for_it() throws Exception {
    refused = _ -> true;
    appendDuringAWrite(3, 4);

    refused = _ -> false;
    ledger.append(List.of(told(9)));
    assertThat(numbers()).containsExactly(9L);
  }

  @Test
  void Who_is_alone_hears_of_his_failure() {
    refused = _ -> true;
    goOn.countDown();
    assertThatThrownBy(() -> ledger.append(List.of(told(1))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(calls).hasSize(1);
  }

  /// One entry whose write lasts until all of the others wait.
  private void appendDuringAWrite(int others, int failures) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      running.add(threads.submit(() -> ledger.append(List.of(told(0)))));
      begun.await();
      for (int number = 1; number <= others; number++) {
        var entry = List.of(told(number));
        running.add(threads.submit(() -> ledger.append(entry)));
      }
      while (ledger.waiting() < others) {
        Thread.onSpinWait();
      }
      goOn.countDown();
      var failed = 0;
      for (var each : running) {
        try {
          each.get();
        } catch (ExecutionException failure) {
          failed++;
        }
      }
      assertThat(failed).isEqualTo(failures);
    }
  }

  /// The first call is under way until the test lets it go on.
  private boolean isRefused(Call call) {
    calls.add(call.operation());
    begun.countDown();
    try {
      goOn.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return refused.test(call);
  }

  private List<Long> numbers() {
    return new LogStore(memory.client(), memory.tables())
        .notifications(CHECK).stream().map(Notification::flip).sorted().toList();
  }

  private static Notification told(long flip) {
    return new Notification(CHECK, flip, CHANNEL, NOON, Outcome.SENT, null);
  }
}
