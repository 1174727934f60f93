package dev.rollcall.migrate.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.Tables;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Tables that somebody has named by mistake. What becomes of the right ones is rehearsed by the
/// integration suite.
class AdoptionTest {
  private static final Map<String, String> WITH_LOG =
      Map.of("AdoptsLog", "true", "LogRecovery", "true");

  private final TablesInMemory memory = new TablesInMemory();
  private final DynamoDbClient dynamo = memory.client();

  @BeforeEach
  void fill() {
    put(memory.tables().state(), "PROJECT#" + UUID.randomUUID(), "ITEM");
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Nested
  class Nothing_is_written {

    @Test
    void where_there_is_no_such_table() {
      assertThat(refused("missing", memory.tables().log()))
          .contains("no table missing in this account and region", "its name is right");
    }

    @Test
    void where_the_key_is_another() {
      dynamo.createTable(create ->
          create
              .tableName("orders")
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(text("id"))
              .keySchema(key("id", KeyType.HASH)));

      assertThat(refused("orders", memory.tables().log()))
          .contains("The table orders is not Rollcall's state table", "its key is another");
      assertThat(items("orders")).isEmpty();
    }

    @Test
    void where_the_indexes_were_not_restored() {
      dynamo.createTable(create ->
          create
              .tableName("bare-state")
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(text("pk"), text("sk"))
              .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
      put("bare-state", "PROJECT#" + UUID.randomUUID(), "ITEM");

      assertThat(refused("bare-state", memory.tables().log()))
          .contains("lacks the index by-parent, due", "restore it with its indexes");
      assertThat(items("bare-state")).hasSize(1);
    }

    @Test
    void where_the_state_is_empty() {
      var other = new Tables("empty-state", "empty-log");
      dynamo.createTable(other.stateTable());

      assertThat(refused("empty-state", memory.tables().log())).contains("it is empty");
      assertThat(items("empty-state")).isEmpty();
    }

    @Test
    void where_another_program_has_a_table_of_the_same_shape() {
      put(memory.tables().state(), "ORDER#1", "ITEM");

      assertThat(refused(memory.tables().state(), memory.tables().log()))
          .contains("it holds ORDER");
      assertThat(items(memory.tables().state())).hasSize(2);
    }

    @Test
    void where_the_log_is_a_state_table() {
      var other = new Tables("second-state", "second-log");
      dynamo.createTable(other.stateTable());
      put("second-state", "CHANNEL#" + UUID.randomUUID(), "ITEM");

      assertThat(refused(memory.tables().state(), "second-state"))
          .contains("The table second-state is not Rollcall's log table", "it holds CHANNEL");
    }

    private String refused(String state, String log) {
      var objection = adoption(new Tables(state, log)).adopt(WITH_LOG);
      assertThat(objection).isPresent();
      assertThat(objection.get().length()).isLessThan(Answer.REASON);
      return objection.get();
    }
  }

  @Test
  void tables_are_named_in_eight_characters_each_pair_otherwise() {
    assertThat(adoption(new Tables("a", "b")).state())
        .hasSize(8)
        .isEqualTo(adoption(new Tables("a", "b")).state())
        .isNotEqualTo(adoption(new Tables("a", "c")).state())
        .isNotEqualTo(adoption(new Tables("b", "a")).state());
  }

  private Adoption adoption(Tables tables) {
    var clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    return new Adoption(
        dynamo,
        tables,
        Release.THIS,
        () -> {
          throw new AssertionError("nothing is to be sent");
        },
        Watch.by(clock, clock::advance));
  }

  private void put(String table, String pk, String sk) {
    dynamo.putItem(put ->
        put.tableName(table)
            .item(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk))));
  }

  private List<Map<String, AttributeValue>> items(String table) {
    return dynamo.scan(scan -> scan.tableName(table)).items();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
