package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.MIDNIGHT;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.CheckCatalog.Made;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Contended;
import dev.rollcall.testing.CheckBuilder;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.TestTables;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/// What [dev.rollcall.store.CheckCatalog] promises.
abstract class CheckCatalogContract extends StoreContract {
  private final ProjectId project = new ProjectId(UUID.randomUUID());

  CheckCatalogContract(TestTables tables) {
    super(tables);
  }

  private Made create(CheckBuilder builder, int limit, boolean slugMustBeNew) {
    return stores.catalog().create(builder.check(), builder.details(), limit, slugMustBeNew);
  }

  private CheckId made(CheckBuilder builder) {
    return builder.in(project).storedIn(stores.catalog()).check().id();
  }

  @Nested
  class A_check_that_was_made {
    private final CheckBuilder builder =
        aCheck()
            .in(project)
            .called("Nightly backup ⏰")
            .slug("nightly-backup")
            .tags("db prod")
            .described("Runs at night.")
            .keywords(new Keywords("begin", "done, fine", "oops"))
            .on("0 4 * * *", ZoneId.of("Europe/Riga"))
            .tells(new ChannelId(UUID.randomUUID()), new ChannelId(UUID.randomUUID()))
            .createdAt(NOON);
    private final CheckItem item = builder.storedIn(stores.catalog());
    private final CheckId id = item.check().id();

    @Test
    void is_found_whole_by_its_id() {
      assertThat(stores.catalog().find(id)).hasValue(new CheckRecord(item, builder.details()));
      assertThat(stores.catalog().details(id)).hasValue(builder.details());
    }

    @Test
    void is_found_by_each_of_its_other_names() {
      assertThat(stores.catalog().bySlug(project, "nightly-backup")).containsExactly(id);
      assertThat(stores.catalog().byUniqueKey(CheckDocument.uniqueKey(id))).hasValue(id);
      assertThat(stores.catalog().byBadgeKey(builder.details().badgeKey())).hasValue(id);
    }

    @Test
    void is_not_found_by_another_project_or_name() {
      var other = new ProjectId(UUID.randomUUID());
      assertThat(stores.catalog().bySlug(other, "nightly-backup")).isEmpty();
      assertThat(stores.catalog().bySlug(project, "nightly")).isEmpty();
      assertThat(stores.catalog().byUniqueKey("0")).isEmpty();
      assertThat(stores.catalog().byBadgeKey(UUID.randomUUID())).isEmpty();
      assertThat(stores.catalog().list(other)).isEmpty();
    }

    @Test
    void may_be_made_again_by_a_caller_that_heard_no_answer() {
      assertThat(create(builder, 100, true))
          .isEqualTo(new Made.Done(stores.catalog().find(id).orElseThrow()));
      assertThat(stores.catalog().list(project)).hasSize(1);
    }
  }

  @Nested
  class A_list {

    @Test
    void has_all_checks_of_the_project_oldest_first_however_many_pages_it_takes() {
      var ids =
          IntStream.range(0, 130)
              .mapToObj(n -> made(aCheck().called("c" + n).createdAt(MIDNIGHT.plusSeconds(n))))
              .toList();
      var usage =
          usage(() ->
              assertThat(stores.catalog().list(project))
                  .extracting(check -> check.item().check().id())
                  .isEqualTo(ids));
      assertThat(usage.calls()).isEqualTo(1 + 3);
    }
  }

  @Nested
  class The_limit {

    @Test
    void refuses_the_check_after_the_last_one_and_leaves_no_trace_of_it() {
      create(aCheck().in(project), 2, false);
      create(aCheck().in(project), 2, false);
      var before = state();
      assertThat(create(aCheck().in(project).slug("x"), 2, true))
          .isEqualTo(new Made.LimitReached());
      assertThat(state()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void makes_room_when_a_check_is_deleted() {
      var first = made(aCheck());
      assertThat(create(aCheck().in(project), 1, false)).isEqualTo(new Made.LimitReached());
      stores.catalog().delete(first);
      assertThat(create(aCheck().in(project), 1, false)).isInstanceOf(Made.Done.class);
      assertThat(create(aCheck().in(project), 1, false)).isEqualTo(new Made.LimitReached());
    }

    @Test
    void is_not_used_up_by_attempts_that_made_nothing() {
      var throttled =
          through(
              to -> Faults.throttling(call -> call.operation().equals("transactWriteItems"), to));
      var builder = aCheck().in(project);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(
                () -> throttled.catalog().create(builder.check(), builder.details(), 2, false))
            .isInstanceOf(ProvisionedThroughputExceededException.class);
      }
      assertThat(create(aCheck().in(project), 2, false)).isInstanceOf(Made.Done.class);
      assertThat(create(aCheck().in(project), 2, false)).isInstanceOf(Made.Done.class);
      assertThat(create(aCheck().in(project), 2, false)).isEqualTo(new Made.LimitReached());
    }

    @Test
    void may_be_lowered_below_what_there_is_and_raised_again() {
      IntStream.range(0, 3).forEach(_ -> made(aCheck()));
      assertThat(create(aCheck().in(project), 2, false)).isEqualTo(new Made.LimitReached());
      assertThat(create(aCheck().in(project), 4, false)).isInstanceOf(Made.Done.class);
    }

    @Test
    void does_not_hide_that_the_slug_is_there_already() {
      made(aCheck().slug("job"));
      assertThat(create(aCheck().in(project).slug("job"), 1, true)).isEqualTo(new Made.SlugTaken());
    }
  }

  @Nested
  class A_slug {

    @Test
    void that_must_be_new_is_refused_where_a_check_has_it() {
      var id = made(aCheck().slug("job"));
      assertThat(create(aCheck().in(project).slug("job"), 100, true))
          .isEqualTo(new Made.SlugTaken());
      assertThat(stores.catalog().bySlug(project, "job")).containsExactly(id);
      assertThat(stores.catalog().list(project)).hasSize(1);
    }

    @Test
    void that_a_person_gives_twice_finds_both() {
      var ids = List.of(made(aCheck().slug("job")), made(aCheck().slug("job")));
      assertThat(stores.catalog().bySlug(project, "job")).containsExactlyInAnyOrderElementsOf(ids);
      stores.catalog().delete(ids.getFirst());
      assertThat(stores.catalog().bySlug(project, "job")).containsExactly(ids.getLast());
    }

    @Test
    void of_many_that_make_it_at_once_exactly_one_succeeds() throws Exception {
      var makers = 8;
      var start = new CyclicBarrier(makers);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var attempts =
            IntStream.range(0, makers)
                .mapToObj(_ ->
                    threads.submit(() -> {
                      start.await(10, TimeUnit.SECONDS);
                      return create(aCheck().in(project).slug("job"), 100, true);
                    }))
                .toList();
        var won = 0;
        for (var attempt : attempts) {
          if (attempt.get(20, TimeUnit.SECONDS) instanceof Made.Done) {
            won++;
          } else {
            assertThat(attempt.get()).isEqualTo(new Made.SlugTaken());
          }
        }
        assertThat(won).isEqualTo(1);
      }
      assertThat(stores.catalog().bySlug(project, "job")).hasSize(1);
      assertThat(stores.catalog().list(project)).hasSize(1);
    }

    @Test
    void is_free_again_after_its_check_is_deleted() {
      stores.catalog().delete(made(aCheck().slug("job")));
      assertThat(create(aCheck().in(project).slug("job"), 100, true)).isInstanceOf(Made.Done.class);
    }
  }

  @Nested
  class A_new_description {

    @Test
    void replaces_the_old_and_leaves_what_the_pings_change() {
      var id = made(aCheck().up(NOON).called("Old").described("to be kept"));
      var hot = hot(id);
      var after =
          stores.catalog().describe(id, before -> named(before, "New", "new")).orElseThrow();
      assertThat(after.name()).isEqualTo("New");
      assertThat(after.description()).isEqualTo("to be kept");
      assertThat(stores.catalog().details(id)).hasValue(after);
      assertThat(hot(id)).isEqualTo(hot);
    }

    @Test
    void moves_the_slug_and_leaves_no_lookup_of_the_old_one() {
      var id = made(aCheck().slug("old"));
      stores.catalog().describe(id, before -> named(before, "", "new"));
      assertThat(stores.catalog().bySlug(project, "new")).containsExactly(id);
      assertThat(item("PROJECT#" + project, "SLUG#old")).isEmpty();
      stores.catalog().describe(id, before -> named(before, "", ""));
      assertThat(item("PROJECT#" + project, "SLUG#new")).isEmpty();
    }

    @Test
    void costs_no_write_when_it_is_the_old_one() {
      var id = made(aCheck().called("Same"));
      var usage = usage(() -> stores.catalog().describe(id, before -> before));
      assertThat(usage.writeUnits()).isZero();
    }

    @Test
    void is_taken_anew_from_the_one_that_came_first() {
      var id = made(aCheck());
      var turns = new AtomicInteger();
      stores
          .catalog()
          .describe(
              id,
              before -> {
                if (turns.incrementAndGet() == 1) {
                  stores.catalog().describe(id, other -> named(other, other.name(), "first"));
                }
                return named(before, before.name() + "second", before.slug());
              });
      var stored = stores.catalog().details(id).orElseThrow();
      assertThat(stored.slug()).isEqualTo("first");
      assertThat(stored.name()).isEqualTo("second");
      assertThat(turns).hasValue(2);
    }

    @Test
    void has_nowhere_to_go_when_the_check_is_deleted_meanwhile() {
      var id = made(aCheck().slug("old"));
      assertThat(
              stores
                  .catalog()
                  .describe(
                      id,
                      before -> {
                        stores.catalog().delete(id);
                        return named(before, "New", "new");
                      }))
          .isEmpty();
      assertThat(stores.catalog().bySlug(project, "new")).isEmpty();
    }

    @Test
    void is_tried_again_when_another_transaction_is_in_its_way_but_not_for_ever() {
      var id = made(aCheck());
      var calls = new AtomicInteger();
      var once =
          through(to ->
              Faults.conflicting(
                  call ->
                      call.operation().equals("transactWriteItems") && calls.incrementAndGet() == 1,
                  to));
      assertThat(once.catalog().describe(id, before -> named(before, "New", ""))).isPresent();
      var always =
          through(
              to -> Faults.conflicting(call -> call.operation().equals("transactWriteItems"), to));
      assertThatThrownBy(() -> always.catalog().describe(id, before -> named(before, "Newer", "")))
          .isInstanceOf(Contended.class);
    }
  }

  @Nested
  class A_deletion {

    @Test
    void leaves_nothing_behind_but_the_count_of_the_project() {
      var before = state();
      var item = aCheck().in(project).slug("job").up(NOON).tags("x").storedIn(stores.catalog());
      var id = item.check().id();
      stores.checks().save(item, request(), NOON, check -> check.pause(NOON));
      stores.catalog().describe(id, details -> named(details, "New", "other-job"));
      assertThat(stores.catalog().delete(id)).isTrue();
      var left = state();
      left = left.stream().filter(found -> !before.contains(found)).toList();
      assertThat(left)
          .singleElement()
          .satisfies(count -> assertThat(Items.value(count, "sk").s()).isEqualTo("COUNT"));
      assertThat(stores.catalog().find(id)).isEmpty();
      assertThat(dueOf(id)).isEmpty();
    }

    @Test
    void may_be_said_again() {
      var id = made(aCheck().slug("job"));
      assertThat(stores.catalog().delete(id)).isTrue();
      assertThat(stores.catalog().delete(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "old"})
    void takes_the_slug_that_the_check_was_given_meanwhile(String before) {
      var id = made(aCheck().slug(before));
      var calls = new AtomicInteger();
      var racing =
          through(to ->
              Faults.failing(
                  call -> {
                    if (call.operation().equals("transactWriteItems")
                        && calls.incrementAndGet() == 1) {
                      stores.catalog().describe(id, details -> named(details, "", "new"));
                    }
                    return false;
                  },
                  IllegalStateException::new,
                  to));
      assertThat(racing.catalog().delete(id)).isTrue();
      assertThat(item("PROJECT#" + project, "SLUG#new")).isEmpty();
      assertThat(stores.catalog().details(id)).isEmpty();
    }

    @Test
    void of_two_holders_of_a_slug_at_once_leaves_no_lookup() throws Exception {
      var ids = IntStream.range(0, 6).mapToObj(_ -> made(aCheck().slug("job"))).toList();
      var start = new CyclicBarrier(ids.size());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var deletions =
            ids.stream()
                .map(id ->
                    threads.submit(() -> {
                      start.await(10, TimeUnit.SECONDS);
                      return stores.catalog().delete(id);
                    }))
                .toList();
        for (var deletion : deletions) {
          assertThat(deletion.get(20, TimeUnit.SECONDS)).isTrue();
        }
      }
      assertThat(item("PROJECT#" + project, "SLUG#job")).isEmpty();
    }
  }
}
