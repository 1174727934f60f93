package dev.rollcall.migrate.document;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What every document holds to, whatever it does, on random items: each operation by itself, and
/// each two of them.
class RoundTripTest {
  private static final int TIMES = 40;
  private static final Match USUAL = new Match("THING", "THING#", "ITEM", 6);
  private static final Match HOT = new Match("THING", "THING#", "HOT", 6);

  private final Source ids = new Counted();

  static Stream<List<Draws.Kind>> kinds() {
    var kinds = List.of(Draws.Kind.values());
    return Stream.concat(
        kinds.stream().map(List::of),
        kinds.stream().flatMap(one -> kinds.stream().map(other -> List.of(one, other))));
  }

  private static Migration drawn(Draws draws, List<Draws.Kind> kinds) {
    return draws.migration(draws.coin() ? USUAL : HOT, kinds.toArray(new Draws.Kind[0]));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void Down_after_up_is_the_item_as_it_was(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var item = draws.item(migration);

          var up = up(Trial.of(item), migration, draws);

          assertThat(shape(up.back(migration))).as("up: %s", up).isEqualTo(item);
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void Down_after_expanding_is_the_item_as_it_was(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var item = draws.item(migration);

          var expanded = Trial.of(item).expanded(migration, ids);

          assertThat(shape(expanded.back(migration))).as("up: %s", expanded).isEqualTo(item);
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void Up_after_down_after_up_is_what_up_was(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var up = up(Trial.of(draws.item(migration)), migration, draws);

          var again = up(up.back(migration), migration, draws);

          assertThat(again).as("down: %s", up.back(migration)).isEqualTo(up);
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void What_people_change_at_the_newer_level_survives_down_and_up(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var up = up(Trial.of(draws.item(migration)), migration, draws);

          var edited = editedByNewerWriters(up, migration, draws);
          var again = up(edited.back(migration), migration, draws);

          assertThat(shape(again)).as("down: %s", edited.back(migration)).isEqualTo(shape(edited));
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void What_people_change_at_the_older_level_survives_up_and_down(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var down = up(Trial.of(draws.item(migration)), migration, draws).back(migration);

          var edited = editedByOlderWriters(down, migration, draws);

          assertThat(shape(up(edited, migration, draws).back(migration))).isEqualTo(shape(edited));
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void What_older_writers_change_meanwhile_is_what_counts(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var expanded = Trial.of(draws.item(migration)).expanded(migration, ids);
          var mirrors = mirrors(migration);

          var edited = expanded;
          for (var mirror : mirrors) {
            edited = edited(edited, mirror.from(), draws, mirror);
          }
          var settled = edited.settled(migration, ids);
          var back = edited.back(migration);

          for (var mirror : mirrors) {
            var written = edited.item().get(mirror.from());
            assertThat(settled.item().get(mirror.to())).isEqualTo(written);
            assertThat(back.item().get(mirror.from())).isEqualTo(written);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void An_item_born_at_the_newer_level_gets_the_older_shape(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var born = new HashMap<>(draws.item(migration));
          born.put("_v", fromN("7"));
          migration
              .ops()
              .forEach(op -> {
                switch (op) {
                  case Op.Remove remove -> born.remove(remove.attr());
                  case Op.Rename rename -> born.remove(rename.from());
                  case Op.Add _, Op.Mapping _ -> {}
                }
              });

          var down = shape(Trial.of(born).back(migration));

          assertThat(down).containsEntry("_v", fromN("6"));
          migration
              .ops()
              .forEach(op -> {
                switch (op) {
                  case Op.Add add -> assertThat(down).doesNotContainKey(add.attr());
                  case Op.Remove remove ->
                      assertThat(down.get(remove.attr()))
                          .isEqualTo(remove.otherwise().orElse(null));
                  case Op.Rename rename -> {
                    assertThat(down).doesNotContainKey(rename.to());
                    assertThat(down.get(rename.from())).isEqualTo(born.get(rename.to()));
                  }
                  case Op.Mapping _ -> {}
                }
              });
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void Doing_it_again_does_nothing(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var expanded = Trial.of(draws.item(migration)).expanded(migration, ids);
          var settled = expanded.settled(migration, ids);
          var back = settled.back(migration);

          assertThat(expanded.expanded(migration, ids)).isEqualTo(expanded);
          assertThat(settled.settled(migration, ids)).isEqualTo(settled);
          assertThat(settled.expanded(migration, ids)).isEqualTo(settled);
          assertThat(back.back(migration)).isEqualTo(back);
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void A_change_depends_on_nothing_that_it_does_not_name(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var trial = Trial.of(draws.item(migration));
          var stages =
              List.of(trial, trial.expanded(migration, ids), trial.settled(migration, ids));
          for (var stage : stages) {
            for (var change : changes(migration, stage)) {
              if (change instanceof Change.Update update) {
                var other = new HashMap<>(stage.item());
                for (var name : List.of("a", "b", "c", "d", "e", "unseen")) {
                  if (!update.seen().containsKey(name)) {
                    other.put(name, draws.value());
                  }
                }
                assertThat(changes(migration, new Trial(other, stage.attic()))).contains(change);
              }
            }
          }
        });
  }

  /// Generated values are always the same here.
  private static List<Change> changes(Migration migration, Trial trial) {
    return List.of(
        migration.expand(trial.item(), trial.attic(), new Counted()),
        migration.settle(trial.item(), trial.attic(), new Counted()),
        migration.back(trial.item(), trial.attic()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void Finalising_leaves_the_newer_shape_and_nothing_else(List<Draws.Kind> kinds) {
    Draws.always(
        TIMES,
        draws -> {
          var migration = drawn(draws, kinds);
          var up = up(Trial.of(draws.item(migration)), migration, draws);

          var last = up.finalised(migration);

          var wanted = shape(up);
          mirrors(migration).forEach(mirror -> wanted.remove(mirror.from()));
          assertThat(last.item()).isEqualTo(wanted);
          assertThat(last.attic()).isEmpty();
        });
  }

  @Nested
  class Two_documents {

    /// They may touch the same attributes: the one that came last goes first.
    @ParameterizedTest
    @MethodSource("dev.rollcall.migrate.document.RoundTripTest#kinds")
    void are_taken_back_in_reverse(List<Draws.Kind> kinds) {
      Draws.always(
          TIMES,
          draws -> {
            var names = List.of("a", "b");
            var first = draws.migration("0007", 6, USUAL, names, kinds.getFirst());
            var second =
                draws.migration(
                    "0008", 7, new Match("THING", "THING#", "ITEM", 7), names, kinds.getLast());
            var item = draws.item(first);

            var up = up(up(Trial.of(item), first, draws), second, draws);

            assertThat(shape(up)).containsEntry("_v", fromN("8"));
            assertThat(shape(up.back(second).back(first))).isEqualTo(item);
          });
    }
  }

  @Test
  void A_draw_that_fails_is_named_by_its_seed_and_made_smaller() {
    assertThat(
            catchThrowable(
                () -> Draws.always(20, draws -> assertThat(draws.value().type()).isNull())))
        .hasMessageStartingWith("seed 0, size 1");
  }

  /// By one of the ways that lead there.
  private Trial up(Trial trial, Migration migration, Draws draws) {
    var expanded = draws.coin() ? trial.expanded(migration, ids) : trial;
    return expanded.settled(migration, ids);
  }

  /// The item without what migrations keep of it.
  private static Map<String, AttributeValue> shape(Trial trial) {
    return new HashMap<>(
        trial.item().entrySet().stream()
            .filter(attribute -> !attribute.getKey().startsWith("~"))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static List<Op.Rename> mirrors(Migration migration) {
    var mirrors = new ArrayList<Op.Rename>();
    for (var op : migration.ops()) {
      if (op instanceof Op.Rename rename && rename.mirror()) {
        mirrors.add(rename);
      }
    }
    return mirrors;
  }

  /// Newer writers write mirrors under both names.
  private static Trial editedByNewerWriters(Trial trial, Migration migration, Draws draws) {
    var edited = trial;
    for (var op : migration.ops()) {
      edited =
          switch (op) {
            case Op.Add add -> edited(edited, add.attr(), draws, op);
            case Op.Mapping mapping -> edited(edited, mapping.attr(), draws, op);
            case Op.Rename rename -> {
              var written = edited(edited, rename.to(), draws, op);
              yield rename.mirror() ? copied(written, rename) : written;
            }
            case Op.Remove _ -> edited;
          };
    }
    return edited;
  }

  private static Trial editedByOlderWriters(Trial trial, Migration migration, Draws draws) {
    var edited = trial;
    for (var op : migration.ops()) {
      edited =
          switch (op) {
            case Op.Remove remove -> edited(edited, remove.attr(), draws, op);
            case Op.Mapping mapping -> edited(edited, mapping.attr(), draws, op);
            case Op.Rename rename -> edited(edited, rename.from(), draws, op);
            case Op.Add _ -> edited;
          };
    }
    return edited;
  }

  private static Trial edited(Trial trial, String attribute, Draws draws, Op op) {
    var item = new HashMap<>(trial.item());
    if (draws.coin()) {
      item.put(attribute, draws.valueFor(op));
    } else if (draws.coin()) {
      item.remove(attribute);
    }
    return new Trial(item, trial.attic());
  }

  private static Trial copied(Trial trial, Op.Rename rename) {
    var item = new HashMap<>(trial.item());
    item.remove(rename.from());
    if (item.containsKey(rename.to())) {
      item.put(rename.from(), item.get(rename.to()));
    }
    return new Trial(item, trial.attic());
  }
}
