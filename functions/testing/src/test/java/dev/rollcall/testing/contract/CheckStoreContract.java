package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.check.Tally;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Contended;
import dev.rollcall.store.Counted;
import dev.rollcall.store.Due;
import dev.rollcall.store.Saved;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.Meter;
import dev.rollcall.testing.TestTables;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What [CheckStore] promises.
abstract class CheckStoreContract extends StoreContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  CheckStoreContract(TestTables tables) {
    super(tables);
  }

  private static Function<Check, Step> success(Instant at) {
    return check -> check.hear(new Signal.Success(null), at);
  }

  private static Function<Check, Step> failure(Instant at) {
    return check -> check.hear(new Signal.Failure(null), at);
  }

  private static Function<Check, Step> sweep(Instant at) {
    return check -> check.sweep(at);
  }

  @Nested
  class A_check_in_the_table {

    @Test
    void reads_as_it_was_written_whatever_its_state() {
      var rid = new RunId(UUID.randomUUID());
      var checks =
          List.of(
              aCheck().check(),
              aCheck().up(NOON).lastDuration(Duration.ofMillis(1500)).check(),
              aCheck().down(NOON).heard(7, 4).check(),
              aCheck().up(NOON).heard(20, 4).tally(new Tally(1, 2, 3, 4)).check(),
              aCheck().failed(NOON).running(NOON.plusSeconds(5), rid).check(),
              aCheck().paused().rules(new Rules(true, true, true, true)).check(),
              aCheck().on("0 4 * * MON", ZoneId.of("Europe/Berlin")).up(NOON).check(),
              aCheck().on("Mon *-*-* 04:00", ZoneId.of("Asia/Tokyo")).running(NOON).check());
      for (var check : checks) {
        stores.catalog().create(check, aCheck().id(check.id()).details(), 100, false);
        assertThat(stored(check.id()).check()).isEqualTo(check);
      }
      assertThat(stores.checks().findAll(checks.stream().map(Check::id).toList()))
          .extracting(item -> item.check())
          .isEqualTo(checks);
    }

    @Test
    void is_found_once_each_in_the_order_asked_and_only_if_it_exists() {
      var one = aCheck().storedIn(stores.catalog()).check().id();
      var two = aCheck().storedIn(stores.catalog()).check().id();
      var none = new CheckId(UUID.randomUUID());
      assertThat(stores.checks().findAll(List.of(two, none, one, two)))
          .extracting(item -> item.check().id())
          .containsExactly(two, one);
      assertThat(stores.checks().find(none)).isEmpty();
    }
  }

  @Nested
  class A_success_on_the_fast_path {

    @Test
    void costs_one_call_and_one_write_unit_and_touches_no_index() {
      var id = aCheck().up(NOON).storedIn(stores.catalog()).check().id();
      var due = dueOf(id);
      var usage =
          usage(() ->
              assertThat(stores.checks().countSuccess(id, NOON.plus(MINUTE), request()))
                  .isEqualTo(new Counted.Healthy(2, Duration.ofDays(30))));
      assertThat(usage).isEqualTo(new Meter.Usage(1, 1.0, 0));
      assertThat(dueOf(id)).isEqualTo(due).hasValue(NOON.plus(HOUR).plusSeconds(300));
      assertThat(stored(id).check().state()).isEqualTo(new State.Up(NOON.plus(MINUTE)));
    }

    @Test
    void is_refused_with_the_check_wherever_more_is_to_be_done() {
      var at = NOON.plus(MINUTE);
      for (var builder :
          List.of(
              aCheck(),
              aCheck().paused(),
              aCheck().down(NOON),
              aCheck().up(NOON).running(NOON),
              aCheck().up(NOON).rules(new Rules(true, false, false, false)),
              aCheck().up(NOON.minus(HOUR.multipliedBy(2))),
              aCheck().up(at.plusNanos(1000)))) {
        var item = builder.storedIn(stores.catalog());
        assertThat(stores.checks().countSuccess(item.check().id(), at, request()))
            .isEqualTo(new Counted.Undecided(item));
        assertThat(stored(item.check().id())).isEqualTo(item);
      }
    }

    @Test
    void is_decided_anew_at_the_very_instant_at_which_it_is_due() {
      var id = aCheck().up(NOON).storedIn(stores.catalog()).check().id();
      var due = dueOf(id).orElseThrow();
      assertThat(stores.checks().countSuccess(id, due, request()))
          .isInstanceOf(Counted.Undecided.class);
      assertThat(stores.checks().countSuccess(id, due.minusNanos(1000), request()))
          .isInstanceOf(Counted.Healthy.class);
    }

    @Test
    void finds_no_check_where_there_is_none_and_makes_none() {
      var id = new CheckId(UUID.randomUUID());
      assertThat(stores.checks().countSuccess(id, NOON, request()))
          .isEqualTo(new Counted.Unknown());
      assertThat(stores.checks().find(id)).isEmpty();
    }
  }

  @Nested
  class A_request_that_comes_twice {

    @Test
    void counts_once_on_the_fast_path() {
      var id = aCheck().up(NOON).storedIn(stores.catalog()).check().id();
      stores.checks().countSuccess(id, NOON.plus(MINUTE), "same");
      assertThat(stores.checks().countSuccess(id, NOON.plus(MINUTE), "same"))
          .isEqualTo(new Counted.Undecided(stored(id)));
      assertThat(stored(id).check().pings()).isEqualTo(2);
    }

    @Test
    void counts_once_on_the_ordinary_path_and_names_what_is_still_untold() {
      var item = aCheck().storedIn(stores.catalog());
      var id = item.check().id();
      var first = done(stores.checks().save(item, "same", NOON, success(NOON)));
      var again = done(stores.checks().save(stored(id), "same", NOON, success(NOON)));
      assertThat(again).isEqualTo(first);
      assertThat(stored(id).check().pings()).isEqualTo(1);
    }

    @Test
    void counts_once_when_it_moves_from_one_path_to_the_other() {
      var item = aCheck().up(NOON).storedIn(stores.catalog());
      var id = item.check().id();
      var at = NOON.plus(MINUTE);
      stores.checks().countSuccess(id, at, "same");
      assertThat(done(stores.checks().save(item, "same", at, success(at))).item().check().pings())
          .isEqualTo(2);
      assertThat(stores.checks().countSuccess(id, at, "same"))
          .isInstanceOf(Counted.Undecided.class);
      assertThat(stored(id).check().pings()).isEqualTo(2);
    }

    @Test
    void counts_once_when_the_sdk_repeats_it_because_an_answer_was_lost() {
      var losing =
          through(to -> Faults.losingAnswers(call -> call.operation().equals("updateItem"), to));
      var item = aCheck().storedIn(stores.catalog());
      var id = item.check().id();
      var saved = done(losing.checks().save(item, request(), NOON, success(NOON)));
      assertThat(saved.item().check().pings()).isEqualTo(1);
      assertThat(saved.flips()).hasSize(1).isEqualTo(stored(id).untold());
      var at = NOON.plusSeconds(30);
      assertThat(losing.checks().countSuccess(id, at, request()))
          .isEqualTo(new Counted.Undecided(stored(id)));
      assertThat(stored(id).check().pings()).isEqualTo(2);
    }
  }

  @Nested
  class A_saved_step {

    @Test
    void writes_the_check_and_its_flip_in_one_call_without_a_read() {
      var item = aCheck().up(NOON).storedIn(stores.catalog());
      var at = NOON.plus(MINUTE);
      var usage =
          usage(() -> {
            var saved = done(stores.checks().save(item, "r", at, failure(at)));
            var flip =
                new Flip(item.check().id(), 2, at, Status.UP, Status.DOWN, Reason.FAILURE, 2);
            assertThat(saved.flips()).containsExactly(flip);
            assertThat(saved.item().untold()).containsExactly(flip);
          });
      assertThat(usage.calls()).isEqualTo(1);
      assertThat(usage.readUnits()).isZero();
      var stored = stored(item.check().id());
      assertThat(stored.check().state()).isEqualTo(new State.Down(at, Reason.FAILURE, at));
      assertThat(stored.due()).isEqualTo(at.plus(CheckStore.RETELL));
      assertThat(stored.rev()).isEqualTo(item.rev() + 1);
      assertThat(stored.request()).isEqualTo("r");
    }

    @Test
    void writes_nothing_when_nothing_changes() {
      var item = aCheck().up(NOON).storedIn(stores.catalog());
      var usage =
          usage(() ->
              assertThat(stores.checks().save(item, NOON.plus(MINUTE), sweep(NOON.plus(MINUTE))))
                  .isEqualTo(new Saved.Done(item, List.of())));
      assertThat(usage.calls()).isZero();
    }

    @Test
    void is_taken_anew_from_the_check_that_won_the_race() {
      var stale = aCheck().up(NOON).storedIn(stores.catalog());
      var id = stale.check().id();
      stores.checks().countSuccess(id, NOON.plus(MINUTE), request());
      var at = NOON.plus(MINUTE.multipliedBy(2));
      var turns = new AtomicInteger();
      Function<Check, Step> counted =
          check -> {
            turns.incrementAndGet();
            return failure(at).apply(check);
          };
      var saved = done(stores.checks().save(stale, request(), at, counted));
      assertThat(turns).hasValue(2);
      assertThat(saved.item()).isEqualTo(stored(id));
      assertThat(saved.item().check().pings()).isEqualTo(3);
      assertThat(saved.flips()).hasSize(1);
    }

    @Test
    void does_not_bring_a_deleted_check_back() {
      var item = aCheck().up(NOON).storedIn(stores.catalog());
      stores.catalog().delete(item.check().id());
      assertThat(stores.checks().save(item, request(), NOON, success(NOON)))
          .isEqualTo(new Saved.Gone());
      assertThat(stores.checks().find(item.check().id())).isEmpty();
    }

    @Test
    void gives_up_when_it_loses_every_race() {
      var item = aCheck().up(NOON).storedIn(stores.catalog());
      var id = item.check().id();
      Function<Check, Step> overtaken =
          check -> {
            stores.checks().save(stored(id), NOON, other -> other.hear(new Signal.Log(null), NOON));
            return check.hear(new Signal.Log(null), NOON);
          };
      assertThatThrownBy(() -> stores.checks().save(item, NOON, overtaken))
          .isInstanceOf(Contended.class)
          .hasMessageNotContaining(id.toString());
    }
  }

  @Nested
  class An_untold_flip {

    @Test
    void stays_until_it_is_told_and_only_that_one_goes() {
      var item = aCheck().storedIn(stores.catalog());
      var id = item.check().id();
      var up = done(stores.checks().save(item, request(), NOON, success(NOON)));
      stores.checks().save(up.item(), request(), NOON, failure(NOON));
      stores.checks().told(id, 1);
      assertThat(stored(id).untold()).extracting(Flip::number).containsExactly(2L);
      var rev = stored(id).rev();
      stores.checks().told(id, 1);
      assertThat(stored(id).rev()).isEqualTo(rev);
      stores.checks().told(id, 2);
      assertThat(stored(id).untold()).isEmpty();
      assertThat(stored(id).rev()).isEqualTo(rev + 1);
    }

    @Test
    void of_a_check_that_is_gone_may_be_told_and_makes_no_item() {
      var id = new CheckId(UUID.randomUUID());
      stores.checks().told(id, 1);
      assertThat(stores.checks().find(id)).isEmpty();
    }

    @Test
    void is_not_lost_when_it_is_told_while_another_is_saved() {
      var item = aCheck().storedIn(stores.catalog());
      var id = item.check().id();
      var stale = done(stores.checks().save(item, request(), NOON, success(NOON))).item();
      stores.checks().told(id, 1);
      stores.checks().save(stale, request(), NOON, failure(NOON));
      assertThat(stored(id).untold()).extracting(Flip::number).containsExactly(2L);
    }

    @Test
    void keeps_the_check_due_each_minute() {
      var item = aCheck().storedIn(stores.catalog());
      var id = item.check().id();
      stores.checks().save(item, request(), NOON, success(NOON));
      assertThat(dueOf(id)).hasValue(NOON.plusSeconds(60));
      var later = NOON.plusSeconds(61);
      stores.checks().save(stored(id), later, sweep(later));
      assertThat(dueOf(id)).hasValue(later.plusSeconds(60));
    }
  }

  @Nested
  class The_due_index {

    @Test
    void is_moved_by_a_start_because_that_brings_the_deadline_nearer() {
      var item = aCheck().up(NOON).storedIn(stores.catalog());
      var at = NOON.plus(MINUTE);
      stores.checks().save(item, request(), at, check -> check.hear(new Signal.Start(null), at));
      assertThat(dueOf(item.check().id())).hasValue(at.plusSeconds(300));
    }

    @Test
    void is_left_alone_when_the_deadline_moves_away() {
      var item = aCheck().up(NOON).running(NOON).storedIn(stores.catalog());
      var due = dueOf(item.check().id());
      var at = NOON.plus(MINUTE);
      var usage = usage(() -> stores.checks().save(item, request(), at, success(at)));
      assertThat(usage.writeUnits()).isEqualTo(1.0);
      assertThat(dueOf(item.check().id())).isEqualTo(due);
    }

    @Test
    void is_moved_on_by_the_sweep_that_reaches_it_for_three_write_units() {
      var id = aCheck().up(NOON).storedIn(stores.catalog()).check().id();
      stores.checks().countSuccess(id, NOON.plus(MINUTE), request());
      var item = stored(id);
      var reached = dueOf(id).orElseThrow();
      var usage = usage(() -> stores.checks().save(item, reached, sweep(reached)));
      assertThat(usage).isEqualTo(new Meter.Usage(1, 3.0, 0));
      assertThat(dueOf(id)).hasValue(reached.plus(MINUTE));
      assertThat(stored(id).check().state().status()).isEqualTo(Status.UP);
    }

    @Test
    void forgets_a_check_that_nothing_can_befall() {
      var item = aCheck().up(NOON).storedIn(stores.catalog());
      var id = item.check().id();
      var down = dueOf(id).orElseThrow();
      stores.checks().save(item, down, sweep(down));
      stores.checks().told(id, 2);
      var later = down.plusSeconds(60);
      stores.checks().save(stored(id), later, sweep(later));
      assertThat(dueOf(id)).isEmpty();
      assertThat(stored(id).check().state().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void answers_in_pages_soonest_first_up_to_and_including_the_horizon() {
      var from = Instant.parse("1990-01-01T00:00:00Z");
      var ids =
          IntStream.range(0, 40)
              .mapToObj(n -> aCheck().up(from.plusSeconds(n)).storedIn(stores.catalog()))
              .map(item -> item.check().id())
              .toList();
      var last = from.plusSeconds(39).plus(HOUR).plusSeconds(300);
      var found = new ArrayList<CheckId>();
      for (int shard = 0; shard < stores.checks().shards(); shard++) {
        var page = stores.checks().due(shard, last, 3);
        while (!page.isEmpty()) {
          assertThat(page)
              .hasSizeLessThanOrEqualTo(3)
              .isSortedAccordingTo(Comparator.comparing(Due::at));
          page.forEach(due -> found.add(due.check()));
          page = stores.checks().due(shard, page.getLast(), last, 3);
        }
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
      ids.forEach(stores.catalog()::delete);
    }
  }
}
