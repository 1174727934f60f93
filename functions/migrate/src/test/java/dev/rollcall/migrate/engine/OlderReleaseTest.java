package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.ROLLING_BACK;
import static dev.rollcall.core.schema.Schema.Phase.SETTLING;
import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.rollcall.core.schema.Schema;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What an older release does with newer data.
class OlderReleaseTest extends OnData {

  @Test
  void that_gets_on_with_the_data_finds_it_as_it_is() {
    world.deploy(2);
    var items = world.seen();

    assertThat(world.deploy(1)).isEqualTo(new Progress.Done(schema(2, 1, 1, 1, STEADY)));
    assertThat(world.seen()).isEqualTo(items);
  }

  @Test
  void that_was_tolerated_leaves_items_that_the_next_upgrade_brings_along() {
    world.deploy(2);
    world.deploy(1);
    olderChannel("CHANNEL#older");

    assertThat(world.deploy(2)).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
    assertThat(channels()).hasSize(6).allMatch(has("secret"));
  }

  @Test
  void that_comes_between_while_its_items_are_brought_along_leaves_none_behind() {
    var documents = List.of(Papers.ALL.getFirst(), Papers.TOLERANT);
    world.deploy(2);
    var newest = world.release(3, documents, world.memory.client());
    world.expand(newest, 3);
    assertThat(world.settle(newest, 3)).isEqualTo(new Progress.Done(schema(3, 3, 1, 1, STEADY)));
    world.deploy(1);
    olderChannel("CHANNEL#older");

    for (var undo :
        List.<Function<Instant, Progress>>of(
            until -> world.release(2).settle(2, "undo", until),
            until -> world.release(2).rollback(2, "undo", false, until))) {
      var before = world.items();
      var again = world.release(3, documents, world.memory.client());
      while (world.schema().phase() != SETTLING) {
        again.settle(3, "again", world.soon());
        world.clock.advance(world.timing.cache());
      }
      assertThat(world.schema()).isEqualTo(schema(3, 2, 1, 1, SETTLING));
      world.finish(undo);
      assertThat(world.deploy(2)).isInstanceOf(Progress.Done.class);
      assertThat(channels()).hasSize(6).allMatch(has("secret"));
      world.restore(before);
    }
  }

  @Test
  void takes_back_what_it_does_not_bear_without_having_the_document() {
    world.deploy(2);
    var items = world.seen();
    world.deploy(3);

    assertThat(world.expand(2)).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
    assertThat(world.seen()).isEqualTo(items);
    assertThat(entry("0002").state()).isEqualTo(Entry.State.ROLLED_BACK);
    assertThat(entry("0002").text().document()).isEqualTo(Papers.ALL.get(1).canonical());
  }

  @Test
  void takes_back_several_in_descending_order() {
    var items = world.seen();
    world.deploy(4);

    assertThat(world.rollback(1)).isEqualTo(new Progress.Done(schema(1, 1, 1, 1, STEADY)));
    assertThat(world.seen()).isEqualTo(items);
    assertThat(world.release(1).status().events())
        .filteredOn(event -> event.to().equals("rolling_back"))
        .extracting(Event::migration)
        .containsExactly("0001", "0002", "0003");
  }

  @Test
  void lowers_what_everybody_writes_first_and_the_bounds_last() {
    world.deploy(3);

    world.release(2).expand(2, "request", world.soon());
    assertThat(world.schema()).isEqualTo(schema(2, 2, 3, 3, ROLLING_BACK));

    world.finish(world.release(2)::tick);
    assertThat(world.schema()).isEqualTo(schema(2, 2, 1, 1, STEADY));
  }

  @Test
  void is_refused_when_something_would_be_lost_until_somebody_agrees() {
    world.deploy(5);
    var items = world.items();

    assertThat(refusal(world.expand(4)))
        .contains("level 5", "level 4", "0.5.0", "AllowLossyRollback=0004");
    assertThat(world.items()).filteredOn(is("C")).hasSameElementsAs(only(items, is("C")));

    world.policy = new Policy(Policy.OnOlderRelease.AUTO, Set.of("0004"));
    assertThat(world.expand(4)).isEqualTo(new Progress.Done(schema(4, 4, 3, 4, STEADY)));
  }

  @Test
  void is_refused_where_the_operator_wants_that() {
    world.deploy(2);
    world.policy = new Policy(Policy.OnOlderRelease.REFUSE, Set.of());
    assertThat(refusal(world.expand(1))).contains("OnOlderRelease");

    world.policy = new Policy(Policy.OnOlderRelease.TOLERATE, Set.of());
    assertThat(world.expand(1)).isInstanceOf(Progress.Done.class);
    world.deploy(3);
    assertThat(refusal(world.expand(1))).contains("OnOlderRelease");
  }

  @Test
  void is_refused_when_the_text_in_META_is_not_the_recorded_one() {
    world.deploy(3);
    forge("0002", "text", fromS(Papers.ALL.get(1).canonical().replace("\"5\"", "\"6\"")));

    var before = world.seen();
    assertThat(refusal(world.expand(2))).contains("0002", "SHA-256");
    assertThat(world.seen()).isEqualTo(before);
  }

  @Test
  void is_refused_when_the_document_is_in_words_that_it_does_not_know() {
    world.deploy(3);
    world.raw.write(
        new Seen("9.0.0", 3, 2, 7, world.clock.instant(), world.clock.instant()).anew());
    forge("0002", "vocab", fromN("7"));

    assertThat(refusal(world.expand(2))).contains("vocabulary 7", "release 9.0.0");
  }

  @Test
  void is_refused_when_an_example_comes_out_otherwise_than_its_author_says() {
    world.deploy(3);
    var other =
        Papers.read(Papers.HOT.replace("out: {grace: {N: \"120\"}", "out: {grace: {N: \"121\"}"));
    forge("0002", "text", fromS(other.canonical()));
    forge("0002", "sha256", fromS(other.sha256()));

    var before = world.seen();
    assertThat(refusal(world.expand(2))).contains("does not understand", "0002", "0.3.0", "grace");
    assertThat(world.seen()).isEqualTo(before);
  }

  @Test
  void is_refused_when_the_history_has_a_gap() {
    world.deploy(4);
    world
        .memory
        .client()
        .deleteItem(
            delete -> delete.tableName(world.memory.tables().state()).key(Entry.key("0002")));

    assertThat(refusal(world.rollback(1))).contains("does not remember", "level 3");
    assertThat(world.schema().phase()).isEqualTo(STEADY);
  }

  @Test
  void that_says_nothing_of_having_been_there_leaves_nothing_behind_for_ever() {
    for (int turn = 0; turn < 3; turn++) {
      assertThat(world.deploy(2)).isInstanceOf(Progress.Done.class);
      assertThat(channels()).hasSize(5 + turn).allMatch(has("secret"));
      olderChannel("CHANNEL#of-turn-" + turn);
    }
    assertThat(world.finish(world.release(2)::tick)).isInstanceOf(Progress.Done.class);
    assertThat(channels()).filteredOn(has("secret")).hasSize(7);

    var plan = world.release(4).plan(4);
    assertThat(plan.steps()).extracting(Plan.Step::id).containsExactly("0001", "0002", "0003");
    assertThat(plan.steps().getFirst().changes()).isEqualTo(1);
    assertThat(world.deploy(4)).isInstanceOf(Progress.Done.class);

    assertThat(channels()).hasSize(8).allMatch(has("secret")).allMatch(has("title"));
    assertThat(world.release(4).status().events())
        .extracting(Event::reason)
        .contains("an older release has left items at level 1");
  }

  @Test
  void in_between_two_others_is_heard_while_data_is_taken_back() {
    world.deploy(4);
    var back = world.release(1);
    back.settle(1, "back", world.soon());
    assertThat(world.schema().phase()).isEqualTo(Schema.Phase.ROLLING_BACK);

    assertThat(world.settle(3)).isEqualTo(new Progress.Done(schema(3, 3, 3, 3, STEADY)));
    assertThat(world.finish(world.release(3)::tick)).isInstanceOf(Progress.Done.class);
    assertThat(world.schema()).isEqualTo(schema(3, 3, 3, 3, STEADY));
    assertThat(refusal(world.finish(until -> back.settle(1, "back", until)))).contains("overtaken");
  }

  @Test
  void that_is_told_to_go_back_to_where_work_leads_touches_nothing() {
    world.deploy(2);
    world.release(3).settle(3, "up", world.soon());
    var before = world.items();

    assertThat(refusal(world.rollback(3))).contains("0002", "`apply`", "`rollback --to 2`");

    assertThat(of("META SCHEMA"))
        .isEqualTo(before.stream().filter(i -> World.key(i).equals("META SCHEMA")).toList());
    assertThat(world.settle(3)).isInstanceOf(Progress.Done.class);
  }

  private void forge(String id, String attribute, AttributeValue value) {
    var item = new HashMap<>(world.raw.read(Entry.key(id)).orElseThrow());
    item.put(attribute, value);
    world.put(item);
  }

  private static List<Map<String, AttributeValue>> only(
      List<Map<String, AttributeValue>> items, Predicate<Map<String, AttributeValue>> which) {
    return items.stream().filter(which).toList();
  }

  private static Predicate<Map<String, AttributeValue>> is(String prefix) {
    return item -> World.key(item).startsWith(prefix);
  }
}
