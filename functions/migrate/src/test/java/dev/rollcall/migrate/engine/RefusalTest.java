package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A release is refused before anything is touched.
class RefusalTest extends OnData {

  @Test
  void when_its_documents_have_a_gap() {
    var documents = List.of(Papers.ALL.get(0), Papers.ALL.get(2));
    var before = world.seen();

    assertThat(refusal(world.expand(world.release(4, documents, world.memory.client()), 4)))
        .contains("No migration", "level 2 to level 3");
    assertThat(world.seen()).isEqualTo(before);
    assertThat(world.head().gen()).isZero();
  }

  @Test
  void when_it_has_another_text_for_what_was_applied() {
    world.deploy(3);
    var other =
        Papers.read(Papers.HOT.replace("Grace times in minutes", "Grace times by the minute"));
    var documents = List.of(Papers.ALL.get(0), other, Papers.ALL.get(2));

    var migrator = world.release(4, documents, world.memory.client());
    assertThat(refusal(world.expand(migrator, 4))).contains("0002", "another text", "0.3.0");

    var older = world.release(2, List.of(Papers.ALL.get(0), other), world.memory.client());
    assertThat(refusal(world.expand(older, 2))).contains("0002", "another one");
  }

  @Test
  void when_it_cannot_read_what_the_release_before_it_serves() {
    world.readsFrom = 2;

    assertThat(refusal(world.deploy(3))).contains("level 1", "0.3.0", "from level 2", "in between");
    assertThat(world.head().gen()).isZero();
  }

  @Test
  void when_a_way_back_leads_below_what_it_can_read() {
    world.deploy(3);
    world.readsFrom = 2;

    assertThat(refusal(world.release(3).rollback(1, "request", false, world.soon())))
        .contains("from level 2");
    assertThat(world.schema()).isEqualTo(schema(3, 3, 3, 3, STEADY));
  }

  @Test
  void when_the_history_is_of_a_format_to_come() {
    world.deploy(2);
    var head = new HashMap<>(world.raw.read(Head.KEY).orElseThrow());
    head.put("metaFormat", fromN("2"));
    world.put(head);

    assertThat(refusal(world.expand(3))).contains("format 2", "newer release");
    assertThat(refusal(world.rollback(1))).contains("format 2");
  }
}
