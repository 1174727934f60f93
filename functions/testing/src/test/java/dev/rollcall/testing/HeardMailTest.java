package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.HeardMail;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class HeardMailTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final TablesInMemory memory = new TablesInMemory();
  private final HeardMail heard = new HeardMail(memory.client(), memory.tables());

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void knows_what_it_was_told_and_nothing_else() {
    heard.add("this", NOON);

    assertThat(heard.contains("this")).isTrue();
    assertThat(heard.contains("that")).isFalse();
  }

  @Test
  void may_be_told_again() {
    heard.add("this", NOON);
    heard.add("this", NOON.plusSeconds(60));

    assertThat(heard.contains("this")).isTrue();
  }

  @Test
  void forgets_after_it_could_have_come_again() {
    heard.add("this", NOON);

    var item =
        memory
            .client()
            .getItem(get ->
                get.tableName(memory.tables().log())
                    .key(
                        Map.of(
                            "pk", AttributeValue.fromS("MAIL#this"),
                            "sk", AttributeValue.fromS("LOOKUP"))))
            .item();
    assertThat(item)
        .containsOnlyKeys("pk", "sk", "expires")
        .containsEntry(
            "expires",
            AttributeValue.fromN(Long.toString(NOON.plus(HeardMail.KEPT).getEpochSecond())));
  }

  @Test
  void costs_a_read_unit_to_ask_and_a_write_unit_to_tell() {
    memory.meter().reset();
    heard.contains("this");
    heard.add("this", NOON);

    assertThat(memory.meter().usage()).isEqualTo(new Meter.Usage(2, 1, 1));
  }
}
