package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Meter.Usage;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.SchemaItems;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DataOfAnotherLevelTest {
  private static final int OWN = Release.THIS.level();
  private static final String SLUG = "/ping/" + SampleProject.PING_KEY + "/";

  private final PingWorld world = new PingWorld();
  private final SchemaItems data = new SchemaItems(world.memory);

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class Newer_data_that_any_release_may_change {
    private final CheckId id = newer(world.upCheck());

    {
      data.aheadAndTolerant();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/1"})
    void takes_every_ping_and_keeps_its_shape(String rest) {
      assertThat(world.ping("/ping/" + id + rest).body()).isEqualTo("OK");
      assertThat(world.kept()).isEmpty();
      assertThat(world.raw(id)).containsEntry("pings", number(2)).containsEntry("_v", number(3));
      assertThat(world.lastPing(id).at()).isEqualTo(NOON);
    }

    @Test
    void is_asked_about_itself_once_in_15_seconds() {
      world.usage();
      world.ping("/ping/" + id + "/log");
      world.ping("/ping/" + id + "/log");
      assertThat(world.usage().calls()).isEqualTo(2 * 3 + 1);
      world.clock.advance(SchemaView.TTL);
      world.ping("/ping/" + id + "/log");
      assertThat(world.usage().calls()).isEqualTo(3 + 1);
    }

    @Test
    void has_checks_made_by_pings() {
      assertThat(world.ping(HttpEvent.get(SLUG + "fresh").asking("create=1")).status())
          .isEqualTo(201);
    }

    @Test
    void is_not_asked_at_all_about_items_that_this_release_knows() {
      var known = world.upCheck();
      assertThat(world.ping("/ping/" + known).status()).isEqualTo(200);
      assertThat(world.usage()).isEqualTo(new Usage(2, 2.0, 0.0));
    }
  }

  @Nested
  class Data_on_its_way {
    @ParameterizedTest
    @ValueSource(strings = {"", "/fail"})
    void to_the_next_level_is_read_before_it_is_there(String rest) {
      var id = newer(world.upCheck());
      data.say(new Schema(OWN, OWN, 1, 1, Schema.Phase.EXPANDING));
      assertThat(world.ping("/ping/" + id + rest).status()).isEqualTo(200);
      assertThat(world.kept()).isEmpty();
    }

    @Test
    void is_not_read_when_an_item_is_further_than_the_data_says() {
      var id = world.upCheck();
      world.edit(id, "_v", number(OWN + 2));
      data.say(new Schema(OWN, OWN, 1, 1, Schema.Phase.EXPANDING));
      assertThat(world.ping("/ping/" + id).status()).isEqualTo(200);
      assertThat(world.kept()).hasSize(1);
    }
  }

  @Nested
  class Newer_data_that_this_release_may_not_change {
    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/1"})
    void takes_every_ping(String rest) {
      var id = newer(world.upCheck());
      data.readOnly();
      assertThat(world.ping("/ping/" + id + rest).status()).isEqualTo(200);
      assertThat(world.kept()).isEmpty();
      assertThat(world.raw(id)).containsEntry("pings", number(2));
    }

    @Test
    void gets_no_check_from_a_ping_which_waits_until_it_may() {
      data.readOnly();
      var event = HttpEvent.get(SLUG + "fresh").asking("create=1");
      assertThat(world.ping(event).status()).isEqualTo(200);
      assertThat(world.kept()).hasSize(1);
      assertThat(world.catalog.list(SampleProject.ID)).isEmpty();

      data.own();
      world.clock.advance(SchemaView.TTL);
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
      assertThat(world.catalog.list(SampleProject.ID))
          .singleElement()
          .satisfies(made -> assertThat(made.item().check().state().lastPing()).isEqualTo(NOON));
    }
  }

  @Nested
  class Newer_data_that_this_release_cannot_read {
    private final CheckId id = newer(world.upCheck("my-job"));

    {
      data.unreadable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/1"})
    void keeps_every_ping_for_later_and_leaves_the_check_as_it_is(String rest) {
      var before = world.raw(id);
      assertThat(world.ping("/ping/" + id + rest).body()).isEqualTo("OK");
      assertThat(world.ping(SLUG + "my-job" + rest).body()).isEqualTo("OK");
      assertThat(world.kept()).hasSize(2);
      assertThat(world.raw(id)).isEqualTo(before);
    }

    @Test
    void keeps_pings_for_checks_that_it_does_not_show() {
      assertThat(world.ping("/ping/" + UUID.randomUUID()).status()).isEqualTo(200);
      assertThat(world.ping(SLUG + "elsewhere").status()).isEqualTo(200);
      assertThat(world.ping(HttpEvent.get(SLUG + "fresh").asking("create=1")).status())
          .isEqualTo(200);
      assertThat(world.kept()).hasSize(3);
      assertThat(world.catalog.bySlug(SampleProject.ID, "fresh")).isEmpty();
    }

    @Test
    void has_its_pings_taken_when_it_can_be_read_as_of_when_they_came() {
      world.ping("/ping/" + id);
      world.clock.advance(Duration.ofMinutes(20));
      world.drainInbox();
      assertThat(world.kept()).hasSize(1);

      data.aheadAndTolerant();
      world.clock.advance(SchemaView.TTL);
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
      assertThat(world.pings(id)).hasSize(2);
      assertThat(world.lastPing(id).at()).isEqualTo(NOON);
    }

    @Test
    void is_no_answer_to_a_page_that_is_none() {
      assertThat(world.ping("/ping/nobody").status()).isEqualTo(404);
      assertThat(world.kept()).isEmpty();
    }
  }

  @Nested
  class Data_that_says_of_itself_what_this_release_does_not_understand {
    {
      data.own();
      data.strange("minReader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/1"})
    void has_its_pings_taken_at_once_where_their_checks_are_known(String rest) {
      var id = world.upCheck();
      assertThat(world.ping("/ping/" + id + rest).body()).isEqualTo("OK");
      assertThat(world.kept()).isEmpty();
      assertThat(world.raw(id)).containsEntry("pings", number(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/1"})
    void has_them_kept_for_later_where_they_are_not(String rest) {
      var id = newer(world.upCheck());
      assertThat(world.ping("/ping/" + id + rest).body()).isEqualTo("OK");
      assertThat(world.ping("/ping/" + UUID.randomUUID() + rest).body()).isEqualTo("OK");
      assertThat(world.ping(HttpEvent.get(SLUG + "fresh").asking("create=1")).status())
          .isEqualTo(200);
      assertThat(world.kept()).hasSize(3);
      world.drainInbox();
      assertThat(world.kept()).hasSize(3);
    }
  }

  @Nested
  class Data_that_this_release_can_read {
    @Test
    void says_who_is_not_there() {
      assertThat(world.ping("/ping/" + UUID.randomUUID()).status()).isEqualTo(404);
      data.readOnly();
      world.clock.advance(SchemaView.TTL);
      assertThat(world.ping("/ping/" + UUID.randomUUID()).status()).isEqualTo(404);
      assertThat(world.kept()).isEmpty();
    }
  }

  /// A check whose items a newer release has changed.
  private CheckId newer(CheckId id) {
    world.edit(id, "_v", number(OWN + 1));
    return id;
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
