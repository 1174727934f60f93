package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.EXPANDED;
import static dev.rollcall.core.schema.Schema.Phase.EXPANDING;
import static dev.rollcall.core.schema.Schema.Phase.SETTLING;
import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.rollcall.store.RawItems;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.Recorder;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// What an upgrade does, half by half.
class UpgradeTest extends OnData {

  @Test
  void expands_while_the_older_release_serves_and_settles_when_it_does_not() {
    assertThat(world.expand(2)).isEqualTo(new Progress.Done(schema(1, 1, 1, 1, EXPANDED)));
    assertThat(channels()).allMatch(has("secret"));

    assertThat(world.settle(2)).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
    assertThat(entry("0001").state()).isEqualTo(Entry.State.APPLIED);
    assertThat(world.head().intent()).isNull();
  }

  @Test
  void raises_the_bounds_when_it_begins_what_older_releases_do_not_bear() {
    world.deploy(2);

    assertThat(world.expand(3)).isEqualTo(new Progress.Done(schema(2, 2, 2, 2, EXPANDED)));

    var migrator = world.release(3);
    migrator.settle(3, "request", world.soon());

    assertThat(world.schema()).isEqualTo(schema(2, 3, 3, 3, SETTLING));
    assertThat(of("CHECK#")).allMatch(item -> !item.containsKey("~m0002.grace"));
  }

  @Test
  void settles_what_an_older_release_has_made_meanwhile() {
    world.expand(2);
    olderChannel("CHANNEL#late");

    world.settle(2);

    assertThat(channels()).hasSize(6).allMatch(has("secret"));
  }

  @Test
  void touches_no_item_before_every_function_knows_of_it() {
    var migrator = world.release(2);

    var progress = migrator.expand(2, "request", world.soon());

    var going = (Progress.Going) progress;
    assertThat(going.again()).isEqualTo(world.clock.instant().plusSeconds(15));
    assertThat(world.schema().phase()).isEqualTo(EXPANDING);
    assertThat(channels()).noneMatch(has("secret"));
  }

  @Test
  void stores_its_text_before_the_first_item_changes_and_in_a_transaction_on_META_alone() {
    var recorder = new Recorder();
    world.expand(world.release(2, recorder.record(world.memory.client())), 2);

    var calls = recorder.calls();
    var first = calls.stream().filter(UpgradeTest::changesChannel).findFirst().orElseThrow();
    var stored =
        calls.subList(0, calls.indexOf(first)).stream()
            .map(Call::request)
            .filter(TransactWriteItemsRequest.class::isInstance)
            .toList();
    assertThat(stored).hasSize(1);
    assertThat(calls.stream().map(Call::request))
        .filteredOn(TransactWriteItemsRequest.class::isInstance)
        .allSatisfy(request ->
            assertThat(((TransactWriteItemsRequest) request).transactItems())
                .allSatisfy(write ->
                    assertThat(
                            write.update() != null
                                ? write.update().key().get("pk")
                                : write.put().item().get("pk"))
                        .isEqualTo(fromS("META"))));
    assertThat(entry("0001").text().document()).isEqualTo(Papers.ALL.getFirst().canonical());
  }

  @Test
  void takes_one_write_for_each_item() {
    var recorder = new Recorder();
    var client = recorder.record(world.memory.client());

    world.expand(world.release(2, client), 2);
    world.settle(world.release(2, client), 2);

    assertThat(recorder.calls().stream().filter(UpgradeTest::changesChannel)).hasSize(5);
  }

  @Test
  void over_several_levels_goes_one_after_the_other() {
    world.deploy(1);
    assertThat(world.deploy(4)).isEqualTo(new Progress.Done(schema(4, 4, 3, 4, STEADY)));
    assertThat(world.release(4).status().history())
        .extracting(Report.Past::state)
        .containsExactly("applied", "applied", "applied");
  }

  @Test
  void makes_the_backup_that_a_document_wants() {
    world.deploy(5);

    assertThat(entry("0004").origin().backupArn()).isEqualTo("arn:backup");
    assertThat(entry("0003").stamps().pitr()).isNotNull();
  }

  @Test
  void goes_on_with_the_tick_when_there_is_no_more_time() {
    var migrator = world.release(2);
    migrator.settle(2, "request", world.clock.instant());
    assertThat(world.schema().phase()).isEqualTo(EXPANDING);

    assertThat(world.finish(world.release(2)::tick))
        .isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
  }

  @Test
  void that_is_there_already_changes_nothing() {
    world.deploy(2);
    var before = of("C");

    assertThat(world.deploy(2)).isInstanceOf(Progress.Done.class);

    assertThat(of("C")).containsExactlyInAnyOrderElementsOf(before);
    assertThat(world.release(2).status().events()).hasSize(4);
  }

  @Test
  void of_data_that_nobody_else_works_with_is_done_in_one_call() {
    world.timing = Timing.ALONE;

    assertThat(world.release(3).settle(3, "request", world.soon()))
        .isEqualTo(new Progress.Done(schema(3, 3, 3, 3, STEADY)));
  }

  private static boolean changesChannel(Call call) {
    return call.request() instanceof UpdateItemRequest update
        && Items.value(update.key(), RawItems.PK).s().startsWith("CHANNEL#");
  }
}
