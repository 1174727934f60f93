package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Where it is kept what the other level has no place for.
class AtticTest {
  private static final Op.Remove REMOVE =
      new Op.Remove("kind", Optional.of(fromS("simple")), Op.Phase.EXPAND);

  private static final Op.Add ADD =
      new Op.Add("badge", new Op.Value.Generated(Op.Value.Kind.HEX32), Op.Phase.EXPAND);

  private final Source ids = new Counted();

  @Test
  void A_small_item_has_its_attic_with_it() {
    var update = update(removing("DETAIL").expand(item("DETAIL", "cron"), Map.of(), ids));

    assertThat(update.set()).isEqualTo(Map.of("~m0007.kind", fromS("cron"), "_v", fromN("7")));
    assertThat(update.remove()).containsExactly("kind");
    assertThat(update.putFirst()).isEmpty();
    assertThat(update.seen())
        .containsEntry("kind", Optional.of(fromS("cron")))
        .containsEntry("_v", Optional.of(fromN("6")))
        .containsEntry("~m0007.kind", Optional.empty());
  }

  @Test
  void What_was_missing_is_known_to_have_been_missing() {
    var item = item("DETAIL", "cron");
    item.remove("kind");

    var up = Trial.of(item).expanded(removing("DETAIL"), ids);

    assertThat(up.item()).containsEntry("~m0007.kind", AttributeValue.fromNul(true));
    assertThat(up.back(removing("DETAIL")).item()).isEqualTo(item);
  }

  @Test
  void A_generated_value_is_the_same_after_down_and_up() {
    var migration = Draws.aMigration("0007", 6, match("DETAIL"), List.of(ADD));
    var up = Trial.of(item("DETAIL", "cron")).expanded(migration, ids);

    var again = up.back(migration).expanded(migration, ids);

    assertThat(up.back(migration).item()).doesNotContainKey("badge");
    assertThat(again).isEqualTo(up);
    assertThat(again.item()).containsEntry("badge", fromS("%032x".formatted(1)));
  }

  @Test
  void An_item_that_counts_its_writes_counts_this_one() {
    var item = item("DETAIL", "cron");
    item.put("rev", fromN("4"));

    var update = update(removing("DETAIL").expand(item, Map.of(), ids));

    assertThat(update.counts()).containsExactly("rev");
    assertThat(update.seen()).doesNotContainKey("rev");
    assertThat(update.set()).doesNotContainKey("rev");
  }

  @Nested
  class Of_a_hot_item {
    private final Migration migration = removing("HOT");

    @Test
    void is_an_item_of_its_own_which_is_there_first() {
      var update = update(migration.expand(item("HOT", "cron"), Map.of(), ids));

      var attic = update.putFirst().orElseThrow();
      assertThat(attic)
          .containsEntry("pk", fromS("CHECK#1"))
          .containsEntry("~m0007.kind", fromS("cron"))
          .hasSize(3);
      assertThat(Key.of(attic).sk()).matches("ATTIC#HOT#m0007#[0-9a-f]{16}");
      assertThat(update.set())
          .isEqualTo(Map.of("~m0007@", fromS(Key.of(attic).sk()), "_v", fromN("7")));
    }

    @Test
    void is_read_by_the_key_that_the_item_gives_and_goes_after_it() {
      var up = Trial.of(item("HOT", "cron")).expanded(migration, ids);

      var update = update(migration.back(up.item(), up.attic()));

      assertThat(migration.atticKey(up.item())).contains(Key.of(up.attic()).attributes());
      assertThat(update.set()).isEqualTo(Map.of("kind", fromS("cron"), "_v", fromN("6")));
      assertThat(update.deleteAfter()).isEqualTo(migration.atticKey(up.item()));
      assertThat(migration.atticKey(item("HOT", "cron"))).isEmpty();
    }

    @Test
    void has_another_key_for_another_content() {
      assertThat(atticKey("cron")).isNotEqualTo(atticKey("simple")).isEqualTo(atticKey("cron"));
    }

    private Map<String, AttributeValue> atticKey(String kind) {
      var change = update(migration.expand(item("HOT", kind), Map.of(), ids));
      return Key.of(change.putFirst().orElseThrow()).attributes();
    }

    @Test
    void must_be_there_before_anything_is_taken_back() {
      var up = Trial.of(item("HOT", "cron")).expanded(migration, ids);

      assertThat(migration.back(up.item(), Map.of()))
          .isEqualTo(new Change.Refused("the attic item that it refers to is missing"));
    }

    @Test
    void goes_when_the_migration_is_final() {
      var up = Trial.of(item("HOT", "cron")).expanded(migration, ids);

      assertThat(up.finalised(migration).item())
          .isEqualTo(
              Map.of(
                  "pk",
                  fromS("CHECK#1"),
                  "sk",
                  fromS("HOT"),
                  "_v",
                  fromN("7"),
                  "name",
                  fromS("n")));
      assertThat(up.finalised(migration).attic()).isEmpty();
    }

    @Test
    void stays_while_an_item_may_refer_to_it() {
      var up = Trial.of(item("HOT", "cron")).expanded(migration, ids);

      assertThat(migration.finalise(up.attic(), false, false)).isEqualTo(new Change.Nothing());
      assertThat(migration.finalise(up.attic(), true, false)).isEqualTo(new Change.Nothing());
    }

    @Test
    void goes_then_even_if_no_item_refers_to_it_and_others_stay() {
      var up = Trial.of(item("HOT", "cron")).expanded(migration, ids);
      var other = Draws.aMigration("0008", 6, match("HOT"), List.of(REMOVE));

      for (var isTakenBack : List.of(false, true)) {
        assertThat(migration.finalise(up.attic(), isTakenBack, true))
            .isEqualTo(new Change.Delete(Key.of(up.attic()).attributes(), Map.of()));
        assertThat(other.finalise(up.attic(), isTakenBack, true)).isEqualTo(new Change.Nothing());
      }
      assertThat(migration.matches(up.attic())).isFalse();
    }
  }

  @Nested
  class Of_a_large_item {

    @Test
    void is_an_item_of_its_own() {
      var item = item("DETAIL", "x".repeat(32 * 1024));
      var migration = removing("DETAIL");

      var up = Trial.of(item).expanded(migration, ids);

      assertThat(up.attic()).containsKey("~m0007.kind");
      assertThat(up.back(migration)).isEqualTo(Trial.of(item));
    }

    @Test
    void is_not_begun_where_there_is_no_room() {
      var item = item("DETAIL", "cron");
      item.put("big", fromS("x".repeat(400 * 1024 - 60)));
      var migration = Draws.aMigration("0007", 6, match("DETAIL"), List.of(REMOVE, ADD));

      assertThat(migration.expand(item, Map.of(), ids)).isInstanceOf(Change.Refused.class);
    }
  }

  private static Migration removing(String sk) {
    return Draws.aMigration("0007", 6, match(sk), List.of(REMOVE));
  }

  private static Match match(String sk) {
    return new Match("CHECK", "CHECK#", sk, 6);
  }

  private static Map<String, AttributeValue> item(String sk, String kind) {
    return new HashMap<>(
        Map.of(
            "pk", fromS("CHECK#1"),
            "sk", fromS(sk),
            "_v", fromN("6"),
            "name", fromS("n"),
            "kind", fromS(kind)));
  }

  private static Change.Update update(Change change) {
    return switch (change) {
      case Change.Update update -> update;
      case Change.Nothing _, Change.Delete _, Change.Refused _ ->
          throw new AssertionError(change.toString());
    };
  }
}
