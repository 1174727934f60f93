package dev.rollcall.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.store.RehearsedTables;
import dev.rollcall.store.Tables;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class RehearsalTest {
  private static final Tables TABLES = new Tables("state", "log");

  private final Rehearsal rehearsal = new Rehearsal(TABLES);

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Nested
  class Its_tables {
    private final CheckCatalog catalog = new CheckCatalog(rehearsal.dynamoDb(), TABLES);

    @Test
    void hold_a_check_that_the_stores_can_read() {
      var check = catalog.find(RehearsedTables.CHECK).orElseThrow();

      assertThat(new CheckStore(rehearsal.dynamoDb(), TABLES).find(RehearsedTables.CHECK))
          .contains(check.item());
      assertThat(catalog.list(check.item().check().project())).containsExactly(check);
    }

    @Test
    void hold_its_projects_key() {
      var project = catalog.find(RehearsedTables.CHECK).orElseThrow().item().check().project();

      assertThat(new ProjectStore(rehearsal.dynamoDb(), TABLES).key(RehearsedTables.API_KEY))
          .hasValueSatisfying(key -> assertThat(key.project()).isEqualTo(project));
    }

    @Test
    void hold_nothing_else() {
      var project = catalog.find(RehearsedTables.CHECK).orElseThrow().item().check().project();

      assertThat(new LogStore(rehearsal.dynamoDb(), TABLES).flips(RehearsedTables.CHECK, 10))
          .isEmpty();
      assertThat(new IntegrationStore(rehearsal.dynamoDb(), TABLES).list(project)).isEmpty();
      assertThat(new ProjectStore(rehearsal.dynamoDb(), TABLES).find(project)).isEmpty();
    }

    @Test
    void refuse_what_is_not_rehearsed() {
      var channel = new IntegrationStore(rehearsal.dynamoDb(), TABLES);
      var id = new ChannelId(RehearsedTables.CHECK.value());

      assertThatThrownBy(() -> channel.delete(id)).isInstanceOf(DynamoDbException.class);
    }
  }

  @Nested
  class Its_queues {
    private final SqsQueue queue = new SqsQueue(rehearsal.sqs(), "https://queue.example.org/flips");

    @Test
    void take_hints() {
      var hint = new Message.Look(RehearsedTables.CHECK, Instant.EPOCH, Instant.EPOCH);

      assertThatCode(() -> queue.sendAll(List.of(hint))).doesNotThrowAnyException();
    }

    @Test
    void take_no_ping_that_would_have_to_wait() {
      assertThatThrownBy(() -> queue.sendText("a ping")).isInstanceOf(SqsException.class);
    }
  }
}
