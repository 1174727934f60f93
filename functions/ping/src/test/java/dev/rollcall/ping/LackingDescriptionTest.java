package dev.rollcall.ping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.State;
import dev.rollcall.testing.HttpEvent;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A check whose description is missing, which says by which words its pings are judged.
class LackingDescriptionTest {
  private final PingWorld world = new PingWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void Its_ping_waits_and_never_counts_without_the_filters() {
    var check = world.newCheck(new Rules(false, true, false, false), new Keywords("", "", "error"));
    var table = world.memory.tables().state();
    var key =
        Map.of("pk", AttributeValue.fromS("CHECK#" + check), "sk", AttributeValue.fromS("DETAIL"));
    var detail = world.memory.client().getItem(get -> get.tableName(table).key(key)).item();
    world.memory.client().deleteItem(delete -> delete.tableName(table).key(key));

    var answer = world.ping(HttpEvent.post("/ping/" + check, "an error".getBytes(UTF_8)));
    assertThat(answer.body()).isEqualTo("OK");
    assertThat(world.kept()).hasSize(1);
    assertThat(world.check(check).pings()).isZero();

    world.memory.client().putItem(put -> put.tableName(table).item(detail));
    world.drainInbox();
    assertThat(world.kept()).isEmpty();
    assertThat(world.check(check).state()).isInstanceOf(State.Down.class);
  }
}
