package dev.rollcall.migrate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.rollcall.core.schema.Schema;
import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawItems.Outcome;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.RawWrite.Only;
import dev.rollcall.testing.Items;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Everybody at once: writers of level 3 and of level 4, a pinger, and migrators that are told to
/// go up and back, die, and wake up late. A channel's name is a title at level 4, and has both
/// names meanwhile. Whatever happened between, in the end every channel has the shape that is
/// wanted, and what was written last.
class InterleavingTest extends OnData {
  static List<Long> seeds() {
    var seed = Long.getLong("seed");
    if (seed != null) {
      return List.of(seed);
    }
    var first = System.nanoTime();
    return LongStream.range(first, first + Integer.getInteger("lives", 12)).boxed().toList();
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  void ends_where_it_should_and_nothing_is_lost(long seed) {
    world.deploy(3);
    var life = new Life(seed);
    for (int wish = 0; wish < 4; wish++) {
      life.somethingIsWanted();
    }
    life.end();
  }

  /// For how long a call of a migrator may be under way, as the clients of AWS have it.
  private static final Duration CALL = Duration.ofSeconds(20);

  /// The end of a migrator's process.
  private static final class Died extends Error {
    private static final long serialVersionUID = 1;
  }

  private final class Life {
    private final RandomGenerator random;
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, AttributeValue> hot =
        RawItems.key("CHECK#" + World.CHECKS.getFirst(), "HOT");
    private final long pingsAtFirst = pings();
    private final Writer older = new Writer(3);
    private final Writer newer = new Writer(4);
    private boolean mayDie = true;
    private int depth;
    private int made;
    private int pinged;

    Life(long seed) {
      random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      channels()
          .forEach(channel ->
              names.put(Items.value(channel, RawItems.PK).s(), Items.value(channel, "name").s()));
    }

    void somethingIsWanted() {
      var level = random.nextBoolean() ? 4 : 3;
      var migrator = migrator();
      var request = world.request();
      var isForced = level == 3 && random.nextBoolean();
      for (int call = random.nextInt(1, 14); call > 0; call--) {
        try {
          var until = world.clock.instant().plusSeconds(random.nextInt(60));
          var progress =
              isForced
                  ? migrator.rollback(3, request, false, until)
                  : migrator.settle(level, request, until);
          if (progress instanceof Progress.Going going && random.nextInt(5) > 0) {
            world.waitFor(going);
          }
        } catch (Died | ApiCallTimeoutException death) {
          migrator = migrator();
        }
        anybody();
      }
    }

    void end() {
      mayDie = false;
      if (random.nextBoolean()) {
        assertThat(world.settle(migrator(), 4)).isInstanceOf(Progress.Done.class);
        isAtEnd(4);
      } else {
        var migrator = migrator();
        assertThat(world.finish(until -> migrator.rollback(3, "end", false, until)))
            .isInstanceOf(Progress.Done.class);
        isAtEnd(3);
      }
    }

    private void isAtEnd(int level) {
      assertThat(world.schema().phase()).isEqualTo(Phase.STEADY);
      assertThat(world.schema().level()).isEqualTo(level);
      var kept = new TreeMap<String, String>();
      for (var channel : channels()) {
        var pk = Items.value(channel, RawItems.PK).s();
        kept.put(pk, Items.value(channel, level == 4 ? "title" : "name").s());
        assertThat(channel)
            .containsEntry("_v", fromN(level == 4 ? "4" : "2"))
            .doesNotContainKey("~m0003");
        assertThat(channel.containsKey("title")).isEqualTo(level == 4);
      }
      assertThat(kept).isEqualTo(names);
      assertThat(pings()).isEqualTo(pingsAtFirst + pinged);
    }

    private Migrator migrator() {
      return world.release(4, Hooks.before(world.memory.client(), _ -> between()));
    }

    /// Between two calls of a migrator. One that was overtaken by too much ends unheard.
    private void between() {
      var since = world.clock.instant();
      others();
      if (mayDie && world.clock.instant().isAfter(since.plus(CALL))) {
        throw ApiCallTimeoutException.create(CALL.toMillis());
      }
    }

    /// Of calls that are under way at once, one after the other.
    private synchronized void others() {
      if (depth > 0) {
        return;
      }
      depth++;
      try {
        if (random.nextInt(4) == 0) {
          anybody();
        }
        if (mayDie && random.nextInt(60) == 0) {
          throw new Died();
        }
        if (mayDie && random.nextInt(150) == 0) {
          var other = world.release(4);
          var level = random.nextBoolean() ? 4 : 3;
          for (int call = random.nextInt(8); call >= 0; call--) {
            if (other.settle(level, "other", world.soon()) instanceof Progress.Going going) {
              world.waitFor(going);
            }
          }
        }
      } finally {
        depth--;
      }
    }

    private void anybody() {
      switch (random.nextInt(6)) {
        case 0, 1 -> ping();
        case 2 -> older.edit();
        case 3 -> newer.edit();
        case 4 -> (random.nextBoolean() ? older : newer).make();
        default -> world.clock.advance(Duration.ofMillis(random.nextInt(4000)));
      }
    }

    private void ping() {
      pinged++;
      var counted =
          world.raw.write(
              new RawWrite.Edit(
                  hot, Map.of(), Set.of("duration"), Set.of("pings", "rev"), Only.EXISTING));
      assertThat(counted).isInstanceOf(Outcome.Written.class);
    }

    private long pings() {
      return Long.parseLong(Items.value(world.raw.read(hot).orElseThrow(), "pings").n());
    }

    /// A release that serves. It acts on what it has read of META within the last 15 seconds.
    private final class Writer {
      private final int level;
      private Schema known = world.schema();
      private Instant read = world.clock.instant();

      Writer(int level) {
        this.level = level;
      }

      private boolean mayWrite() {
        if (!world.clock.instant().isBefore(read.plusSeconds(15))) {
          known = world.schema();
          read = world.clock.instant();
        }
        return level >= known.minWriter() && level >= known.minReader();
      }

      /// Keeps the shape of the item: both names where it has both.
      void edit() {
        if (!mayWrite()) {
          return;
        }
        var all = List.copyOf(names.keySet());
        var pk = all.get(random.nextInt(all.size()));
        var key = RawItems.key(pk, "ITEM");
        var name = "Office " + random.nextInt(1_000_000);
        for (int tries = 0; tries < 3; tries++) {
          var item = world.raw.read(key).orElseThrow();
          var set = new HashMap<>(Map.of("name", fromS(name)));
          if (level == 4 && item.containsKey("title")) {
            set.put("title", fromS(name));
          }
          var seen = new HashMap<String, Optional<AttributeValue>>();
          List.of("_v", "title")
              .forEach(field -> seen.put(field, Optional.ofNullable(item.get(field))));
          var edit = new RawWrite.Edit(key, set, Set.of(), Set.of(), Only.seen(seen));
          if (world.raw.write(edit) instanceof Outcome.Written) {
            names.put(pk, name);
            return;
          }
        }
      }

      /// Has the shape in which everybody writes.
      void make() {
        if (!mayWrite() || names.size() > 12) {
          return;
        }
        var item = new HashMap<>(channels().getFirst());
        item.keySet().removeIf(field -> field.startsWith("~") || field.equals(Meta.GENERATION));
        var pk = "CHANNEL#" + Integer.toHexString(++made * 7919);
        var isNewer = Math.min(level, known.writeLevel()) == 4;
        item.put(RawItems.PK, fromS(pk));
        item.put("name", fromS("made"));
        item.remove("title");
        if (isNewer) {
          item.put("title", fromS("made"));
        }
        item.put("_v", fromN(isNewer ? "4" : "2"));
        world.put(item);
        names.put(pk, "made");
      }
    }
  }
}
