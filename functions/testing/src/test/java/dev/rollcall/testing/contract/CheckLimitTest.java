package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.CheckCatalog.Made;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.CheckBuilder;
import dev.rollcall.testing.Crash;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many checks a project may hold, while some are being made.
class CheckLimitTest {
  private static final TablesInMemory TABLES = new TablesInMemory();
  private static final int MAKERS = 20;

  private final StoreContract raw = new StoreContract(TABLES) {};
  private final ProjectId project = new ProjectId(UUID.randomUUID());

  @AfterAll
  static void close() {
    TABLES.close();
  }

  private CheckBuilder one() {
    return aCheck().in(project).createdAt(NOON);
  }

  private static Made create(Stores stores, CheckBuilder builder, int limit) {
    return stores.catalog().create(builder.check(), builder.details(), limit, false);
  }

  /// What creating finds meanwhile, when it comes while another check is being made.
  private Made meanwhile(CheckBuilder made, CheckBuilder meanwhile, int limit) {
    var isFirst = new AtomicBoolean(true);
    var found = new Made[1];
    var slow =
        raw.through(to ->
            Faults.throttling(
                call -> {
                  if (call.operation().equals("transactWriteItems") && isFirst.getAndSet(false)) {
                    found[0] = create(raw.stores, meanwhile, limit);
                  }
                  return false;
                },
                to));
    assertThat(create(slow, made, limit)).isInstanceOf(Made.Done.class);
    return found[0];
  }

  private int held() {
    return raw.stores.catalog().list(project).size();
  }

  @Test
  void counts_who_is_being_made() {
    assertThat(meanwhile(one(), one(), 1)).isEqualTo(new Made.LimitReached());
    assertThat(held()).isEqualTo(1);
  }

  @Test
  void counts_who_is_being_made_when_a_deletion_has_left_room_for_one() {
    create(raw.stores, one(), 3);
    var gone = one();
    create(raw.stores, gone, 3);
    create(raw.stores, one(), 3);
    raw.stores.catalog().delete(gone.check().id());

    assertThat(meanwhile(one(), one(), 3)).isEqualTo(new Made.LimitReached());
    assertThat(held()).isEqualTo(3);
  }

  @Test
  void forgets_after_a_minute_who_has_died_while_being_made() {
    var dying = raw.through(to -> Crash.before(2, to));
    assertThatThrownBy(() -> create(dying, one(), 1)).isInstanceOf(Crash.Died.class);

    assertThat(create(raw.stores, one().createdAt(NOON.plusSeconds(60)), 1))
        .isEqualTo(new Made.LimitReached());
    assertThat(create(raw.stores, one().createdAt(NOON.plusSeconds(61)), 1))
        .isInstanceOf(Made.Done.class);
  }

  @RepeatedTest(5)
  void holds_when_twenty_are_made_at_once() throws Exception {
    assertThat(makeTogether(5)).isEqualTo(5);
    assertThat(held()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6})
  void holds_when_twenty_are_made_at_once_after_deletions(int deleted) throws Exception {
    IntStream.range(0, 6).forEach(_ -> create(raw.stores, one(), 6));
    raw.stores.catalog().list(project).stream()
        .limit(deleted)
        .forEach(check -> raw.stores.catalog().delete(check.item().check().id()));

    makeTogether(6);
    assertThat(held()).isBetween(6 - deleted, 6);
    // Who came at the same moment as others may have been refused; who comes later is not.
    IntStream.range(0, 6)
        .forEach(_ -> create(raw.stores, one().createdAt(NOON.plus(Duration.ofMinutes(5))), 6));
    assertThat(held()).isEqualTo(6);
  }

  private int makeTogether(int limit) throws Exception {
    var start = new CyclicBarrier(MAKERS);
    try (var threads = Executors.newFixedThreadPool(MAKERS)) {
      var attempts =
          IntStream.range(0, MAKERS)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return create(raw.stores, one(), limit);
                  }))
              .toList();
      var made = 0;
      for (var attempt : attempts) {
        made += attempt.get(60, TimeUnit.SECONDS) instanceof Made.Done ? 1 : 0;
      }
      return made;
    }
  }
}
