package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.queue.VirtualSqs;
import dev.rollcall.store.Notification;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.TablesInMemory;
import dev.rollcall.testing.conformance.Service.Hook;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Days of jobs that come and go, with receivers that refuse every other request: each flip reaches
/// each channel, in the order of the flips. Without a crash once; with one, perhaps again.
class FlakyReceiversTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int CHECKS = 4;
  private static final int STEPS = 120;

  /// How many calls there are between two deaths, at the most.
  private static final int LONGEST_LIFE = 150;

  private final TablesInMemory memory = new TablesInMemory();
  private final Stores stores = Stores.of(memory.client(), memory.tables());
  private final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  private final VirtualSqs sqs = new VirtualSqs(clock, Work.queues());
  private final List<Job> jobs = new ArrayList<>();
  private Listener listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new Listener();
  }

  @AfterEach
  void close() {
    listener.close();
    memory.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void Each_flip_is_told_once_and_in_order(long seed) {
    live(new Random(seed), false);
    for (var job : jobs) {
      for (var room : job.rooms()) {
        assertThat(paths(room)).as("seed %d", seed).isEqualTo(told(job));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void Each_flip_is_told_in_order_though_processes_die(long seed) {
    live(new Random(seed), true);
    for (var job : jobs) {
      for (var room : job.rooms()) {
        assertThat(withoutRepeats(paths(room))).as("seed %d", seed).isEqualTo(told(job));
      }
    }
  }

  /// A job, and where its two channels lead.
  private record Job(CheckId check, List<Listener.Room> rooms) {}

  private void live(Random random, boolean deadly) {
    var project =
        new Projects(new ProjectStore(memory.client(), memory.tables()), clock).create("");
    for (int n = 0; n < CHECKS; n++) {
      jobs.add(job(project.project().id().value(), n));
    }
    var world = new World(random, deadly);
    for (int step = 0; step < STEPS; step++) {
      var job = jobs.get(random.nextInt(CHECKS));
      job.rooms().forEach(room -> room.answer(statuses(random)));
      switch (random.nextInt(4)) {
        case 0 -> world.does(() -> world.pipeline.ping(job.check() + "/fail"));
        case 1, 2 -> world.does(() -> world.pipeline.ping(job.check().toString()));
        default -> clock.advance(Duration.ofSeconds(random.nextInt(1800)));
      }
      clock.advance(Duration.ofSeconds(random.nextInt(90)));
      world.works();
    }
    jobs.forEach(job -> job.rooms().forEach(room -> room.answer(List.of())));
    world.isImmortal();
    for (int hour = 0; hour < 8; hour++) {
      clock.advance(Duration.ofHours(1));
      world.works();
    }
    for (var job : jobs) {
      assertThat(stores.log().notifications(job.check()))
          .extracting(Notification::outcome)
          .containsOnly(Notification.Outcome.SENT);
    }
  }

  private static List<Integer> statuses(Random random) {
    return random.ints(6, 0, 2).mapToObj(refuse -> refuse == 1 ? 503 : 200).toList();
  }

  private static List<String> paths(Listener.Room room) {
    return room.taken().stream().map(Hook::path).toList();
  }

  private static List<String> withoutRepeats(List<String> paths) {
    var once = new ArrayList<String>();
    for (var path : paths) {
      if (once.isEmpty() || !once.getLast().equals(path)) {
        once.add(path);
      }
    }
    return once;
  }

  /// What the log says that people are to hear of a check.
  private List<String> told(Job job) {
    var told =
        stores.log().flips(job.check(), 10_000).reversed().stream()
            .filter(Flip::isNews)
            .map(flip -> flip.to() == Status.DOWN ? "/down" : "/up")
            .toList();
    assertThat(told).isNotEmpty();
    return told;
  }

  private Job job(UUID projectId, int number) {
    var project = new dev.rollcall.core.project.ProjectId(projectId);
    var rooms = Stream.of("a", "b").map(name -> listener.room(number + name)).toList();
    var channels = new TreeSet<ChannelId>();
    for (var room : rooms) {
      var id = new ChannelId(UUID.randomUUID());
      channels.add(id);
      stores
          .integrations()
          .create(
              new Integration(
                  id,
                  project,
                  "webhook",
                  "",
                  Map.of("url_down", room.url() + "/down", "url_up", room.url() + "/up"),
                  false,
                  null,
                  NOON));
    }
    var id = new CheckId(UUID.randomUUID());
    stores
        .catalog()
        .create(
            Check.create(
                id, project, new Every(Duration.ofMinutes(10)), Duration.ofMinutes(5), Rules.NONE),
            new Details(
                id,
                "Job " + number,
                "",
                "",
                "",
                ZoneOffset.UTC,
                Keywords.NONE,
                false,
                false,
                channels,
                UUID.randomUUID(),
                NOON),
            100,
            false);
    return new Job(id, rooms);
  }

  /// The functions, which die and are started again.
  private final class World {
    private final Random random;
    private final AtomicInteger left = new AtomicInteger();
    private boolean deadly;
    private Pipeline pipeline;

    World(Random random, boolean deadly) {
      this.random = random;
      this.deadly = deadly;
      pipeline = started();
    }

    void isImmortal() {
      deadly = false;
      pipeline = started();
    }

    /// What goes on by itself in a quarter of an hour.
    void works() {
      for (int minute = 0; minute < 15; minute++) {
        does(() -> pipeline.drain());
        does(() -> pipeline.sweep());
        does(() -> pipeline.drain());
        clock.advance(Duration.ofSeconds(20));
      }
    }

    void does(Runnable work) {
      try {
        work.run();
      } catch (Died gone) {
        pipeline = started();
      }
    }

    private Pipeline started() {
      left.set(deadly ? 1 + random.nextInt(LONGEST_LIFE) : Integer.MAX_VALUE);
      return new Pipeline(
          sqs,
          mortal(DynamoDbClient.class, memory.client()),
          mortal(SqsClient.class, sqs),
          clock,
          this::live);
    }

    private void live() {
      if (left.get() <= 0) {
        throw new Died();
      }
    }

    private <C> C mortal(Class<C> type, C client) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, method, arguments) -> {
                if (left.getAndDecrement() <= 0) {
                  throw new Died();
                }
                try {
                  return method.invoke(client, arguments);
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
              }));
    }
  }

  /// The process is gone. An [Error], because no code of a dead process handles anything.
  private static final class Died extends Error {
    private static final long serialVersionUID = 1;
  }
}
