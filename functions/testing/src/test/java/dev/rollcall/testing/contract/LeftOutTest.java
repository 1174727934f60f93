package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.Counted;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A success on the fast path where the updated attributes of an answer are those that are not as
/// they were: in moto they are, in DynamoDB Local all that the update names.
class LeftOutTest {
  private static final TablesInMemory TABLES = new TablesInMemory();

  private final StoreContract raw = new StoreContract(TABLES) {};

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @Test
  void is_counted_once_and_kept_in_the_log_as_long_as_ever() {
    var monthly = aCheck().every(Duration.ofDays(31)).up(NOON);
    var id = monthly.storedIn(raw.stores.catalog()).check().id();
    var store = raw.through(client -> Faults.notUpdating("keep", client)).checks();

    var counted = store.countSuccess(id, NOON.plusSeconds(60), "request");

    assertThat(counted).isEqualTo(new Counted.Healthy(2, Duration.ofDays(3100)));
    assertThat(raw.stored(id).check().pings()).isEqualTo(2);
  }
}
