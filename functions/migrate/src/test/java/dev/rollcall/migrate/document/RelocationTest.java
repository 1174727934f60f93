package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items that get another key.
class RelocationTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("pk", fromS("THING#1"), "sk", fromS("ITEM"), "_v", fromN("6"), "name", fromS("n"));

  private final Migration migration = Texts.good(Texts.REKEY);
  private final Source ids = new Counted();

  @Test
  void Nothing_moves_while_older_releases_serve() {
    assertThat(migration.hasSettle()).isTrue();
    assertThat(migration.expand(ITEM, Map.of(), ids)).isEqualTo(new Change.Nothing());
  }

  @Test
  void An_item_and_its_tombstone_are_one_change() {
    assertThat(migration.settle(ITEM, Map.of(), ids))
        .isEqualTo(
            new Change.Move(
                Map.of("pk", fromS("THING#1"), "sk", fromS("ITEM")),
                Map.of(
                    "pk", Optional.of(fromS("THING#1")),
                    "sk", Optional.of(fromS("ITEM")),
                    "_v", Optional.of(fromN("6")),
                    "name", Optional.of(fromS("n")),
                    "lastError", Optional.empty()),
                moved(),
                Optional.of(tombstone()),
                "~m0007>"));
  }

  @Test
  void It_moves_back_with_what_was_changed_meanwhile() {
    var edited = new HashMap<>(moved());
    edited.put("name", fromS("other"));

    var back = Trial.of(edited).back(migration);

    var wanted = new HashMap<>(ITEM);
    wanted.put("name", fromS("other"));
    assertThat(back.item()).isEqualTo(wanted);
    assertThat(migration.back(edited, Map.of()))
        .isInstanceOfSatisfying(Change.Move.class, move -> assertThat(move.leave()).isEmpty());
  }

  @Test
  void Doing_it_again_does_nothing() {
    assertThat(migration.settle(moved(), Map.of(), ids)).isEqualTo(new Change.Nothing());
    assertThat(migration.back(ITEM, Map.of())).isEqualTo(new Change.Nothing());
  }

  @Test
  void A_tombstone_is_left_alone_until_the_migration_is_final() {
    assertThat(migration.matches(tombstone())).isFalse();
    assertThat(migration.settle(tombstone(), Map.of(), ids)).isEqualTo(new Change.Nothing());
    assertThat(migration.back(tombstone(), Map.of())).isEqualTo(new Change.Nothing());
    assertThat(migration.purge(tombstone()))
        .isEqualTo(
            new Change.Delete(
                Map.of("pk", fromS("THING#1"), "sk", fromS("ITEM")),
                Map.of("~m0007>", Optional.of(new Key("UNIT#1", "UNIT").value()))));
    assertThat(migration.purge(moved())).isEqualTo(new Change.Nothing());
  }

  @Test
  void The_attic_of_an_earlier_migration_is_still_found() {
    var earlier =
        Draws.aMigration(
            "0006",
            5,
            new Match("THING", "THING#", "ITEM", 5),
            List.of(new Op.Remove("big", Optional.empty(), Op.Phase.EXPAND)));
    var item = new HashMap<>(ITEM);
    item.put("_v", fromN("5"));
    item.put("big", fromS("x".repeat(40_000)));
    var up = Trial.of(item).expanded(earlier, ids);

    var there = up.settled(migration, ids);

    assertThat(there.item()).containsEntry("pk", fromS("UNIT#1"));
    assertThat(earlier.atticKey(there.item())).isEqualTo(earlier.atticKey(up.item()));
    assertThat(there.back(migration).back(earlier)).isEqualTo(Trial.of(item));
  }

  private static Map<String, AttributeValue> moved() {
    return Map.of("pk", fromS("UNIT#1"), "sk", fromS("UNIT"), "_v", fromN("7"), "name", fromS("n"));
  }

  private static Map<String, AttributeValue> tombstone() {
    return Map.of(
        "pk",
        fromS("THING#1"),
        "sk",
        fromS("ITEM"),
        "_v",
        fromN("7"),
        "~m0007>",
        new Key("UNIT#1", "UNIT").value());
  }
}
