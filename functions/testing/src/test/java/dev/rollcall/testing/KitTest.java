package dev.rollcall.testing;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Status;
import dev.rollcall.store.Stores;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/// The test kit does what it says: a kit that is wrong makes every other test worthless.
class KitTest {
  private static final TablesInMemory TABLES = new TablesInMemory();

  private final String pk = UUID.randomUUID().toString();

  @AfterAll
  static void close() {
    TABLES.close();
  }

  private Map<String, AttributeValue> key(int number) {
    return Map.of(
        "pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(Integer.toString(number)));
  }

  private void put(DynamoDbClient client, int number) {
    client.putItem(
        PutItemRequest.builder().tableName(TABLES.tables().state()).item(key(number)).build());
  }

  private boolean isThere(int number) {
    return TABLES
        .client()
        .getItem(get -> get.tableName(TABLES.tables().state()).key(key(number)))
        .hasItem();
  }

  @Nested
  class A_process_that_crashes {

    @Test
    void before_a_call_has_performed_those_up_to_it_and_performs_no_more() {
      var client = Crash.before(2, TABLES.client());
      put(client, 1);
      assertThatThrownBy(() -> put(client, 2)).isInstanceOf(Crash.Died.class);
      assertThatThrownBy(() -> put(client, 3)).isInstanceOf(Crash.Died.class);
      assertThat(List.of(isThere(1), isThere(2), isThere(3))).containsExactly(true, false, false);
    }

    @Test
    void after_a_call_has_performed_it_too() {
      var client = Crash.after(2, TABLES.client());
      put(client, 1);
      assertThatThrownBy(() -> put(client, 2)).isInstanceOf(Crash.Died.class);
      assertThatThrownBy(() -> put(client, 3)).isInstanceOf(Crash.Died.class);
      assertThat(List.of(isThere(1), isThere(2), isThere(3))).containsExactly(true, true, false);
    }
  }

  @Nested
  class Chosen_calls {

    @Test
    void are_throttled_or_time_out_and_the_others_go_through() {
      var throttled =
          Faults.throttling(call -> call.operation().equals("getItem"), TABLES.client());
      put(throttled, 1);
      assertThatThrownBy(
              () -> throttled.getItem(get -> get.tableName(TABLES.tables().state()).key(key(1))))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
      var timingOut = Faults.timingOut(call -> call.request() instanceof PutItemRequest, throttled);
      assertThatThrownBy(() -> put(timingOut, 2)).isInstanceOf(ApiCallTimeoutException.class);
      assertThat(List.of(isThere(1), isThere(2))).containsExactly(true, false);
    }

    @Test
    void are_recorded_and_metered_however_the_request_was_given() {
      TABLES.meter().reset();
      var recorder = new Recorder();
      var client = recorder.record(TABLES.client());
      put(client, 1);
      client.putItem(put -> put.tableName(TABLES.tables().state()).item(key(2)));
      var found =
          client
              .queryPaginator(query ->
                  query
                      .tableName(TABLES.tables().state())
                      .keyConditionExpression("pk = :pk")
                      .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
                      .limit(1))
              .items()
              .stream()
              .count();
      assertThat(found).isEqualTo(2);
      assertThat(recorder.calls())
          .extracting(Call::operation)
          .containsExactly("putItem", "putItem", "query", "query", "query");
      assertThat(TABLES.meter().usage()).isEqualTo(new Meter.Usage(5, 2.0, 1.0));
    }

    @Test
    void are_metered_only_where_they_are_chosen() {
      var meter = new Meter();
      var client =
          meter.count(TABLES.client(), call -> call.writes().filter(pk::equals).isPresent());
      put(client, 1);
      client.getItem(get -> get.tableName(TABLES.tables().state()).key(key(1)));
      client.putItem(put -> put.tableName(TABLES.tables().state()).item(key(2)));
      client.deleteItem(delete -> delete.tableName(TABLES.tables().state()).key(key(1)));
      assertThat(meter.usage()).isEqualTo(new Meter.Usage(3, 3.0, 0));
    }
  }

  @Nested
  class The_size_of_an_item {

    @Test
    void counts_names_and_values_by_dynamodbs_rule() {
      assertThat(
              Items.size(
                  Map.of(
                      "text", AttributeValue.fromS("ā"),
                      "number", AttributeValue.fromN("-1234500"),
                      "flag", AttributeValue.fromBool(true),
                      "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[9])),
                      "set", AttributeValue.fromSs(List.of("ab", "c")),
                      "list", AttributeValue.fromL(List.of(AttributeValue.fromN("7"))),
                      "map", AttributeValue.fromM(Map.of("k", AttributeValue.fromS("v"))))))
          .isEqualTo(
              (4 + 2)
                  + (6 + 1 + 3 + 1)
                  + (4 + 1)
                  + (5 + 9)
                  + (3 + 3)
                  + (4 + 3 + 1 + 2)
                  + (3 + 3 + 1 + 1 + 1));
    }

    @Test
    void is_what_dynamodb_bills_by() {
      assertThat(unitsOf(1024)).isEqualTo(1.0);
      assertThat(unitsOf(1025)).isEqualTo(2.0);
    }

    private double unitsOf(int size) {
      var key = key(1);
      var rest = size - Items.size(key) - "text".length();
      return TABLES
          .client()
          .putItem(put ->
              put.tableName(TABLES.tables().log())
                  .item(
                      Map.of(
                          "pk", AttributeValue.fromS(pk),
                          "sk", AttributeValue.fromS("1"),
                          "text", AttributeValue.fromS("x".repeat(rest))))
                  .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
          .consumedCapacity()
          .capacityUnits();
    }
  }

  @Nested
  class A_check_by_the_builder {

    @Test
    void is_what_was_said_and_stored_with_its_deadline() {
      var id = new CheckId(UUID.randomUUID());
      var builder =
          aCheck()
              .id(id)
              .called("Backup")
              .every(Duration.ofMinutes(10))
              .grace(Duration.ofMinutes(1))
              .up(NOON);
      assertThat(builder.check().status(NOON)).isEqualTo(Status.UP);
      assertThat(builder.check().deadline()).hasValue(NOON.plus(Duration.ofMinutes(11)));
      assertThat(builder.details().name()).isEqualTo("Backup");
      var stores = Stores.of(TABLES.client(), TABLES.tables());
      var item = builder.storedIn(stores.catalog());
      assertThat(stores.checks().find(id)).hasValue(item);
      assertThat(item.due()).isEqualTo(NOON.plus(Duration.ofMinutes(11)));
    }

    @Test
    void refuses_a_schedule_that_is_none() {
      assertThatThrownBy(() -> aCheck().on("61 * * * *", ZoneOffset.UTC))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
