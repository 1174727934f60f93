package dev.rollcall.testing.contract;

import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.Counted;
import dev.rollcall.store.Due;
import dev.rollcall.store.SchemaStore;
import dev.rollcall.store.SchemaView;
import dev.rollcall.store.Stores;
import dev.rollcall.store.UnreadableItem;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items that a newer release has changed, and what of them this release reads.
class NewerItemsTest {
  private static final CheckId CHECK = new CheckId(new UUID(0, 7));
  private static final ChannelId CHANNEL = new ChannelId(new UUID(0, 8));
  private static final String SECRET = "hcw_secretsecretsecretsecretsecr";
  private static final int OWN = Release.THIS.level();

  /// The newest shape of a channel, whatever migrations of other items came after.
  private static final int WITH_SECRETS = 2;

  private static final Duration HOUR = Duration.ofHours(1);

  private final TablesInMemory memory = new TablesInMemory();
  private final SchemaItems data = new SchemaItems(memory);
  private final SettableClock clock = new SettableClock(NOON);
  private final SchemaView view =
      new SchemaView(new SchemaStore(memory.client(), memory.tables()), clock);
  private final Stores stores = Stores.of(memory.client(), memory.tables(), view);

  private final SampleProject project = new SampleProject(memory, 10);

  NewerItemsTest() {
    project.add(CHECK, "my-job", HOUR, HOUR, Rules.NONE, Keywords.NONE);
    // Not by the stores of the questions, which are not to have seen what the data says before.
    Stores.of(memory.client(), memory.tables())
        .integrations()
        .create(
            new Integration(CHANNEL, SampleProject.ID, "webhook", "", Map.of(), false, null, NOON));
    stores
        .projects()
        .keep(SECRET, new ApiKey(SampleProject.ID, ApiKey.Access.READ_WRITE, "hcw_secr", NOON));
  }

  @AfterEach
  void close() {
    memory.close();
  }

  /// Something that can be read.
  interface Question {
    Object ask(Stores stores);
  }

  static Stream<Named<Question>> questions() {
    return Stream.of(
        Named.of("a check", stores -> stores.checks().find(CHECK)),
        Named.of("checks", stores -> stores.checks().findAll(List.of(CHECK))),
        Named.of("a check whole", stores -> stores.catalog().find(CHECK)),
        Named.of("the details of a check", stores -> stores.catalog().details(CHECK)),
        Named.of("the checks of a project", stores -> stores.catalog().list(SampleProject.ID)),
        Named.of("a slug", stores -> stores.catalog().bySlug(SampleProject.ID, "my-job")),
        Named.of("a project", stores -> stores.projects().find(SampleProject.ID)),
        Named.of("a ping key", stores -> stores.projects().byPingKey(SampleProject.PING_KEY)),
        Named.of("a badge key", stores -> stores.projects().byBadgeKey("badge-key")),
        Named.of("an api key", stores -> stores.projects().key(SECRET)),
        Named.of("a channel", stores -> stores.integrations().find(CHANNEL)),
        Named.of(
            "the channels of a project", stores -> stores.integrations().list(SampleProject.ID)));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void Are_read_when_the_data_says_that_this_release_can(Question question) {
    newer(OWN + 1);
    data.ahead(OWN, OWN + 1);
    assertThat(question.ask(stores)).isNotIn(Optional.empty(), List.of());
  }

  @ParameterizedTest
  @MethodSource("questions")
  void Are_not_read_when_the_data_says_that_this_release_cannot(Question question) {
    newer(OWN + 1);
    data.ahead(OWN + 1, OWN + 1);
    assertRefused(question);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void Are_not_read_when_the_data_says_nothing(Question question) {
    newer(OWN + 1);
    assertRefused(question);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void Are_not_read_when_they_are_newer_than_the_data_says(Question question) {
    newer(OWN + 2);
    data.ahead(1, 1);
    assertRefused(question);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void Lead_to_no_question_when_this_release_knows_them(Question question) {
    data.unreadable();
    assertThat(question.ask(stores)).isNotIn(Optional.empty(), List.of());
    assertThat(view.seen()).isEmpty();
  }

  @Nested
  class What_the_data_says {
    @Test
    void is_read_again_after_15_seconds() {
      newer(OWN + 1);
      data.ahead(OWN, OWN);
      assertThat(stores.checks().find(CHECK)).isPresent();
      data.unreadable();
      clock.advance(SchemaView.TTL.minusNanos(1));
      assertThat(stores.checks().find(CHECK)).isPresent();
      clock.advance(Duration.ofNanos(1));
      assertThatThrownBy(() -> stores.checks().find(CHECK)).isInstanceOf(UnreadableItem.class);
    }

    @Test
    void is_read_again_when_the_clock_went_back() {
      data.ahead(OWN, OWN);
      assertThat(view.schema().orElseThrow().level()).isEqualTo(OWN + 1);
      data.own();
      clock.advance(Duration.ofMinutes(-1));
      assertThat(view.schema().orElseThrow().level()).isEqualTo(OWN);
    }

    @Test
    void covers_items_on_their_way_to_the_next_level_and_back() {
      newer(OWN + 1);
      for (var phase : Schema.Phase.values()) {
        data.say(new Schema(OWN, OWN, 1, 1, phase));
        clock.advance(SchemaView.TTL);
        if (phase == Schema.Phase.STEADY) {
          assertThatThrownBy(() -> stores.checks().find(CHECK)).isInstanceOf(UnreadableItem.class);
        } else {
          assertThat(stores.checks().find(CHECK)).isPresent();
        }
      }
    }
  }

  @Nested
  class A_channel_of_the_newest_shape {
    @Test
    void is_known() {
      newer(WITH_SECRETS);
      assertThat(stores.integrations().find(CHANNEL)).isPresent();
      assertThat(view.seen()).isEmpty();
    }
  }

  /// While the data is of the level in which channels have secrets.
  @Nested
  class A_channel_with_a_secret {
    private final Integration channel =
        new Integration(
            new ChannelId(new UUID(0, 9)),
            SampleProject.ID,
            "webhook",
            "",
            Map.of(),
            new SigningSecret("0123456789abcdef0123456789abcdef"),
            false,
            null,
            NOON);

    @Test
    void is_stored_and_found_with_it() {
      data.own();
      assertThat(stores.integrations().create(channel)).isEqualTo(channel);
      assertThat(stores.integrations().find(channel.id())).hasValue(channel);
      assertThat(item())
          .containsEntry("_v", AttributeValue.fromN("2"))
          .containsEntry("secret", AttributeValue.fromS("0123456789abcdef0123456789abcdef"));
    }

    @Test
    void keeps_it_through_a_report() {
      data.own();
      stores.integrations().create(channel);
      stores.integrations().report(channel.id(), "HTTP 410", true);
      assertThat(stores.integrations().find(channel.id()).orElseThrow().secret())
          .isEqualTo(channel.secret());
    }

    @Test
    void is_of_the_first_shape_again_as_soon_as_a_way_back_begins() {
      data.own();
      stores.integrations().create(channel);
      stores.integrations().delete(channel.id());
      data.say(new Schema(2, 1, 1, 1, Schema.Phase.EXPANDED));
      clock.advance(SchemaView.TTL);
      assertThat(stores.integrations().create(channel).secret()).isNull();
      assertThat(item()).containsEntry("_v", AttributeValue.fromN("1")).doesNotContainKey("secret");
    }

    @Test
    void is_never_stored_in_a_shape_beyond_this_release() {
      data.aheadAndTolerant();
      stores.integrations().create(channel);
      assertThat(item()).containsEntry("_v", AttributeValue.fromN("" + WITH_SECRETS));
    }

    @Test
    void cannot_be_made_without_one() {
      data.own();
      assertThatThrownBy(() -> stores.integrations().create(channel.withSecret(null)))
          .hasMessage("a channel of this level has a secret");
      assertThat(stores.integrations().find(channel.id())).isEmpty();
    }

    private Map<String, AttributeValue> item() {
      return Items.in(memory.client(), memory.tables().state()).stream()
          .filter(item -> Items.value(item, "pk").s().equals("CHANNEL#" + channel.id()))
          .findFirst()
          .orElseThrow();
    }
  }

  @Nested
  class What_this_release_writes {
    @Test
    void never_takes_an_item_back_to_an_older_shape() {
      newer(OWN + 1);
      var before =
          Items.in(memory.client(), memory.tables().state()).stream()
              .map(item -> Items.value(item, "pk").s() + Items.value(item, "sk").s())
              .toList();
      data.ahead(1, 1);
      stores.checks().countSuccess(CHECK, NOON, "1");
      stores
          .checks()
          .save(stores.checks().find(CHECK).orElseThrow(), NOON, check -> check.pause(NOON));
      stores.catalog().describe(CHECK, details -> details.telling(new TreeSet<>(List.of(CHANNEL))));
      stores
          .projects()
          .change(
              SampleProject.ID,
              old -> new Project(old.id(), "Other", old.pingKey(), old.badgeKey(), 9, 9));
      stores.integrations().report(CHANNEL, "broken", true);
      var other = new CheckId(new UUID(9, 9));
      project.add(other, "my-job", HOUR, HOUR, Rules.NONE, Keywords.NONE);

      assertThat(Items.in(memory.client(), memory.tables().state()))
          .filteredOn(
              item -> before.contains(Items.value(item, "pk").s() + Items.value(item, "sk").s()))
          .hasSameSizeAs(before)
          .allSatisfy(item -> assertThat(Items.value(item, "_v").n()).isEqualTo("" + (OWN + 1)));
    }
  }

  @Test
  void Rules_of_a_newer_release_keep_a_success_from_being_counted_without_a_look() {
    var check = stores.checks().find(CHECK).orElseThrow();
    stores.checks().save(check, NOON, each -> each.hear(new Signal.Success(null), NOON));
    assertThat(stores.checks().countSuccess(CHECK, NOON.plusSeconds(1), "1"))
        .isInstanceOf(Counted.Healthy.class);
    Items.edit(
        memory.client(),
        memory.tables().state(),
        "CHECK#" + CHECK,
        "HOT",
        "rules",
        AttributeValue.fromSs(List.of("of-a-newer-release")));

    assertThat(stores.checks().countSuccess(CHECK, NOON.plusSeconds(2), "2"))
        .isInstanceOf(Counted.Undecided.class);
  }

  @Nested
  class Entries_of_the_due_index_that_are_no_checks {
    @Test
    void are_passed_over_and_hide_nothing() {
      var check = stores.checks().find(CHECK).orElseThrow();
      stores.checks().save(check, NOON, each -> each.hear(new Signal.Success(null), NOON));
      var due = Items.value(hot(), "due").n();
      var shard = Items.value(hot(), "dueShard");
      for (var pk : List.of("CHECK#no-uuid", "REPORT#weekly", "A", "CHECK#" + new UUID(0, 99))) {
        var item = new HashMap<String, AttributeValue>();
        item.put("pk", AttributeValue.fromS(pk));
        item.put("sk", AttributeValue.fromS(pk.startsWith("CHECK#0") ? "DIGEST" : "HOT"));
        item.put("due", AttributeValue.fromN("1"));
        item.put("dueShard", shard);
        memory.client().putItem(put -> put.tableName(memory.tables().state()).item(item));
      }
      var until = NOON.plus(Duration.ofDays(1));

      var found =
          IntStream.range(0, stores.checks().shards())
              .mapToObj(number -> stores.checks().due(number, until, 1))
              .flatMap(List::stream)
              .toList();

      assertThat(found).extracting(Due::check).containsExactly(CHECK);
      assertThat(due).isNotEqualTo("1");
    }

    private Map<String, AttributeValue> hot() {
      return Items.in(memory.client(), memory.tables().state()).stream()
          .filter(item -> Items.value(item, "sk").s().equals("HOT"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void assertRefused(Question question) {
    assertThatThrownBy(() -> question.ask(stores)).isInstanceOf(UnreadableItem.class);
  }

  /// Gives every item of the state table a version.
  private void newer(int version) {
    for (var item : Items.in(memory.client(), memory.tables().state())) {
      memory
          .client()
          .updateItem(update ->
              update
                  .tableName(memory.tables().state())
                  .key(Map.of("pk", Items.value(item, "pk"), "sk", Items.value(item, "sk")))
                  .updateExpression("SET #v = :v")
                  .expressionAttributeNames(Map.of("#v", "_v"))
                  .expressionAttributeValues(Map.of(":v", AttributeValue.fromN("" + version))));
    }
  }
}
