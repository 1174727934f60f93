package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.store.CheckItem;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Expressions that an older release would refuse. It must go on watching their checks.
class WrittenScheduleTest {
  private static final TablesInMemory TABLES = new TablesInMemory();
  private static final ZoneId RIGA = ZoneId.of("Europe/Riga");

  private final StoreContract raw = new StoreContract(TABLES) {};

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 31 2 1-5, 0 0 * 2 1-5",
    "semi-annually, semiannually",
    "biannually utc, semiannually UTC"
  })
  void are_stored_in_words_that_it_reads_and_shown_as_they_were_written(
      String written, String plain) {
    var item = aCheck().on(written, RIGA).storedIn(raw.stores.catalog());
    var id = item.check().id();

    assertThat(raw.hot(id))
        .containsEntry("schedule", AttributeValue.fromS(plain))
        .containsEntry("written", AttributeValue.fromS(written));
    assertThat(raw.stored(id).check()).isEqualTo(item.check()).isNotEqualTo(plain(plain));
    assertThat(raw.stored(id).check().schedule()).hasToString(written + " (Europe/Riga)");
  }

  @Test
  void leave_nothing_behind_when_another_takes_their_place() {
    var id = aCheck().on("semi-annually", RIGA).storedIn(raw.stores.catalog()).check().id();

    expect(id, plain("semiannually"));

    assertThat(raw.hot(id)).doesNotContainKey("written");
    assertThat(raw.stored(id).check().schedule()).isEqualTo(plain("semiannually"));
  }

  @Test
  void cost_nothing_where_all_releases_read_what_was_written() {
    var id = aCheck().on("0 4 * * 1", RIGA).storedIn(raw.stores.catalog()).check().id();

    assertThat(raw.hot(id)).doesNotContainKey("written");
  }

  @Test
  void fit_into_an_item_of_a_kilobyte() {
    var minutes = "0" + ",10".repeat(29);
    var id =
        aCheck()
            .on(minutes + " 0 31 2 1", ZoneId.of("America/Argentina/ComodRivadavia"))
            .grace(Duration.ofDays(365))
            .failed(NOON)
            .storedIn(raw.stores.catalog())
            .check()
            .id();

    assertThat(Items.size(raw.hot(id))).isLessThan(700);
  }

  @Nested
  class When_an_older_release_changed_the_schedule {
    private final CheckItem item =
        aCheck().on("semi-annually", RIGA).storedIn(raw.stores.catalog());
    private final CheckId id = item.check().id();

    @Test
    void its_schedule_counts() {
      olderReleaseWrites("daily");

      assertThat(raw.stored(id).check().schedule()).isEqualTo(plain("daily"));
    }

    @Test
    void what_was_written_before_counts_again_when_it_means_the_same() {
      olderReleaseWrites("daily");
      olderReleaseWrites("semiannually");

      assertThat(raw.stored(id).check()).isEqualTo(item.check());
    }

    @Test
    void what_this_release_cannot_read_is_ignored() {
      set("written", "by a newer release");

      assertThat(raw.stored(id).check().schedule()).isEqualTo(plain("semiannually"));
    }

    /// As 0.1.0 does: it sets the attributes that it knows and that have changed.
    private void olderReleaseWrites(String expression) {
      set("schedule", expression);
    }

    private void set(String attribute, String value) {
      raw.client.updateItem(update ->
          update
              .tableName(TABLES.tables().state())
              .key(
                  Map.of(
                      "pk", AttributeValue.fromS("CHECK#" + id), "sk", AttributeValue.fromS("HOT")))
              .updateExpression("SET #attribute = :value")
              .expressionAttributeNames(Map.of("#attribute", attribute))
              .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))));
    }
  }

  private void expect(CheckId id, Schedule schedule) {
    raw.stores
        .checks()
        .save(raw.stored(id), NOON, check -> check.expect(schedule, check.grace(), check.rules()));
  }

  private static Schedule plain(String expression) {
    return ((Parsed.Valid) Schedules.parseStored(expression, RIGA)).schedule();
  }
}
