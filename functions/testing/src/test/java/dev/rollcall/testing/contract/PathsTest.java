package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Counted;
import dev.rollcall.store.Saved;
import dev.rollcall.testing.TablesInMemory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Twins, of whom one takes the fast path wherever it can and the other never, live the same random
/// life. A failure names the seed, and the same seed gives the same life.
class PathsTest {
  private static final TablesInMemory TABLES = new TablesInMemory();
  private static final int EVENTS = 250;

  private final StoreContract raw = new StoreContract(TABLES) {};
  private final CheckStore store = raw.stores.checks();
  private final ProjectId project = new ProjectId(UUID.randomUUID());
  private final CheckId fast = aCheck().in(project).storedIn(raw.stores.catalog()).check().id();
  private final CheckId plain = aCheck().in(project).storedIn(raw.stores.catalog()).check().id();

  /// Every flip that was saved, by its number.
  private final Map<Long, Flip> flips = new TreeMap<>();

  private final Map<Long, Flip> told = new TreeMap<>();
  private int healthy;

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void leave_the_same_item_and_never_miss_a_deadline_or_lose_a_flip(long seed) {
    var life = new Life(seed, NOON);
    for (int number = 0; number < EVENTS; number++) {
      var event = life.next();
      happen(event, "request " + number);
      var story = "seed %d, event %d: %s".formatted(seed, number, event);
      assertThat(comparable(fast)).as(story).isEqualTo(comparable(plain));
      isDueInTime(story, life.now());
      losesNoFlip(story);
    }
    assertThat(healthy).as("successes on the fast path").isGreaterThan(10);
    assertThat(flips).as("flips").hasSizeGreaterThan(10);
  }

  private void happen(Life.Event event, String request) {
    switch (event) {
      case Life.Event.Heard(Signal.Success success, var at) -> {
        succeed(success, at, request);
        save(plain, request, at, check -> check.hear(success, at));
      }
      case Life.Event.Heard(var signal, var at) ->
          both(request, at, check -> check.hear(signal, at));
      case Life.Event.Stepped(_, var step, var at) -> both(null, at, step);
      case Life.Event.Told(var place, _) -> tell(place);
    }
  }

  /// As the ping function does: without the item first, and on from it where that is refused.
  private void succeed(Signal.Success success, Instant at, String request) {
    switch (store.countSuccess(fast, at, request)) {
      case Counted.Healthy(var number, _) -> {
        healthy++;
        assertThat(number).isEqualTo(raw.stored(fast).check().pings());
      }
      case Counted.Undecided(var item) ->
          store.save(item, request, at, check -> check.hear(success, at));
      case Counted.Unknown() -> throw new AssertionError("the check is gone");
    }
  }

  private void both(@Nullable String request, Instant at, Function<Check, Step> step) {
    save(fast, request, at, step);
    save(plain, request, at, step);
  }

  private void save(CheckId id, @Nullable String request, Instant at, Function<Check, Step> step) {
    var item = raw.stored(id);
    Saved saved =
        request == null ? store.save(item, at, step) : store.save(item, request, at, step);
    if (id.equals(plain)) {
      StoreContract.done(saved)
          .flips()
          .forEach(flip -> assertThat(flips.put(flip.number(), flip)).as("twice").isNull());
    }
  }

  private void tell(int place) {
    var untold = raw.stored(plain).untold();
    if (place < untold.size()) {
      var flip = untold.get(place);
      told.put(flip.number(), flip);
      store.told(fast, flip.number());
      store.told(plain, flip.number());
    }
  }

  /// The item without what sets twins apart.
  private Map<String, AttributeValue> comparable(CheckId id) {
    var item = new HashMap<>(raw.hot(id));
    item.remove("pk");
    item.remove("dueShard");
    return item;
  }

  private void isDueInTime(String story, Instant now) {
    var item = raw.stored(plain);
    item.check()
        .deadline()
        .ifPresent(deadline -> assertThat(item.due()).as(story).isBeforeOrEqualTo(deadline));
    if (!item.untold().isEmpty()) {
      assertThat(item.due()).as(story).isBeforeOrEqualTo(now.plus(CheckStore.RETELL));
    }
  }

  private void losesNoFlip(String story) {
    var item = raw.stored(plain);
    var kept = new TreeMap<>(told);
    item.untold().forEach(flip -> assertThat(kept.put(flip.number(), flip)).as(story).isNull());
    assertThat(kept).as(story).isEqualTo(flips);
    var status = Status.NEW;
    var number = 0L;
    for (var flip : flips.values()) {
      assertThat(flip.number()).as(story).isEqualTo(++number);
      assertThat(flip.from()).as(story).isEqualTo(status);
      status = flip.to();
    }
    assertThat(item.check().flips()).as(story).isEqualTo(number);
    assertThat(item.check().state().status()).as(story).isEqualTo(status);
  }
}
