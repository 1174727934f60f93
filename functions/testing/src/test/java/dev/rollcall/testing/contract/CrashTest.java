package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.CheckCatalog.Made;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.CheckBuilder;
import dev.rollcall.testing.Crash;
import dev.rollcall.testing.TablesInMemory;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A process that dies at any of its calls to DynamoDB, before or after the table has heard it:
/// nobody trips over what it leaves, and whoever says the same again gets there.
class CrashTest {
  private static final TablesInMemory TABLES = new TablesInMemory();

  private final StoreContract raw = new StoreContract(TABLES) {};
  private final Stores stores = raw.stores;

  @AfterAll
  static void close() {
    TABLES.close();
  }

  /// What is done, to a check of its own in a project of its own for each death.
  private abstract static class Deed {
    final ProjectId project = new ProjectId(UUID.randomUUID());
    final CheckBuilder builder = aCheck().in(project).slug("job").called("Job");

    abstract void on(Stores those);

    abstract void isDone();
  }

  private interface Deeds {
    Deed next();
  }

  /// Lets a deed die at each call in turn, until there are no more calls to die at.
  private void survivesEveryDeath(int atLeast, Deeds deeds) {
    var deaths = 0;
    for (var performs : new boolean[] {false, true}) {
      for (int k = 1; ; k++) {
        var deed = deeds.next();
        var call = k;
        var doomed = raw.through(to -> performs ? Crash.after(call, to) : Crash.before(call, to));
        if (!dies(doomed, deed::on)) {
          break;
        }
        deaths++;
        nobodyTrips(deed.project);
        deed.on(stores);
        deed.isDone();
        nobodyTrips(deed.project);
      }
    }
    assertThat(deaths).isGreaterThanOrEqualTo(atLeast);
  }

  private static boolean dies(Stores doomed, Consumer<Stores> deed) {
    try {
      deed.accept(doomed);
      return false;
    } catch (Crash.Died death) {
      return true;
    }
  }

  /// Whatever is found by one name is found by all.
  private void nobodyTrips(ProjectId project) {
    var listed = stores.catalog().list(project);
    for (var slug : new String[] {"job", "task"}) {
      var holders = listed.stream().filter(check -> check.details().slug().equals(slug)).toList();
      assertThat(stores.catalog().bySlug(project, slug))
          .containsExactlyInAnyOrderElementsOf(
              holders.stream().map(check -> check.item().check().id()).toList());
      assertThat(raw.item("PROJECT#" + project, "SLUG#" + slug).isPresent())
          .isEqualTo(!holders.isEmpty());
    }
    for (var check : listed) {
      var id = check.item().check().id();
      assertThat(stores.catalog().find(id)).hasValue(check);
      assertThat(stores.catalog().byBadgeKey(check.details().badgeKey())).hasValue(id);
    }
  }

  @Test
  void a_check_is_made_whole_or_not_at_all_even_as_the_last_that_the_limit_allows() {
    survivesEveryDeath(
        4,
        () ->
            new Deed() {
              @Override
              void on(Stores those) {
                assertThat(those.catalog().create(builder.check(), builder.details(), 1, true))
                    .isInstanceOf(Made.Done.class);
              }

              @Override
              void isDone() {
                assertThat(stores.catalog().list(project)).hasSize(1);
              }
            });
  }

  @Test
  void a_check_is_deleted_whole_or_not_at_all() {
    survivesEveryDeath(
        6,
        () ->
            new Deed() {
              {
                builder.up(NOON).storedIn(stores.catalog());
              }

              @Override
              void on(Stores those) {
                those.catalog().delete(builder.check().id());
              }

              @Override
              void isDone() {
                assertThat(raw.state().toString()).doesNotContain(builder.check().id().toString());
              }
            });
  }

  @Test
  void a_new_description_takes_its_slug_along() {
    survivesEveryDeath(
        6,
        () ->
            new Deed() {
              {
                builder.storedIn(stores.catalog());
              }

              @Override
              void on(Stores those) {
                those.catalog().describe(builder.check().id(), CrashTest::asTask);
              }

              @Override
              void isDone() {
                assertThat(stores.catalog().details(builder.check().id()))
                    .hasValue(asTask(builder.details()));
              }
            });
  }

  @Test
  void a_ping_is_counted_once_and_its_flip_is_kept_until_it_is_told() {
    survivesEveryDeath(
        4,
        () ->
            new Deed() {
              {
                builder.storedIn(stores.catalog());
              }

              @Override
              void on(Stores those) {
                var id = builder.check().id();
                var item = those.checks().find(id).orElseThrow();
                var saved =
                    those
                        .checks()
                        .save(
                            item,
                            "request",
                            NOON,
                            check -> check.hear(new Signal.Success(null), NOON));
                assertThat(StoreContract.done(saved).flips()).hasSize(1);
              }

              @Override
              void isDone() {
                var item = raw.stored(builder.check().id());
                assertThat(item.check().pings()).isEqualTo(1);
                assertThat(item.untold()).hasSize(1);
                assertThat(raw.dueOf(item.check().id())).isPresent();
              }
            });
  }

  private static Details asTask(Details details) {
    return StoreContract.named(details, "Task", "task");
  }
}
