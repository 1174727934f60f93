package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.ProjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LocalTablesTest {

  /// Where SQLite's file format says how the file is written, and its word for a log beside it.
  private static final int WRITE_VERSION = 18;

  private static final byte AHEAD = 2;

  @TempDir private Path folder;

  @Test
  void are_written_ahead_on_disk_and_read_again() throws IOException {
    var project = new Project(new ProjectId(new UUID(0, 1)), "P", "pingkey", "badge", 10, 10);
    try (var tables = LocalTables.open(folder)) {
      new ProjectStore(tables.client("control"), LocalTables.TABLES).create(project);
    }

    assertThat(Files.readAllBytes(folder.resolve("tables.db"))[WRITE_VERSION]).isEqualTo(AHEAD);
    try (var tables = LocalTables.open(folder)) {
      assertThat(new ProjectStore(tables.client("control"), LocalTables.TABLES).find(project.id()))
          .contains(project);
    }
  }

  @Test
  void have_a_short_log_however_much_is_written_while_they_are_read() throws Exception {
    var log = folder.resolve("tables.db-wal");
    var longest = new AtomicLong();
    try (var tables = LocalTables.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var client = tables.client("control");
      var text = "x".repeat(100_000);
      var writers =
          IntStream.range(0, 4)
              .mapToObj(writer ->
                  threads.submit(() -> {
                    for (int i = 0; i < 150; i++) {
                      put(client, writer + "-" + i % 10, text + i);
                      longest.accumulateAndGet(log.toFile().length(), Math::max);
                    }
                  }))
              .toList();
      for (var writer : writers) {
        writer.get();
      }

      // 60 MB were written. Each of the four may have added one item, with its pages, meanwhile.
      assertThat(longest.get()).isBetween(1_000_000L, WriteAheadLog.MOST + 4 * 400_000L);
      var item = client.getItem(r -> r.tableName("log").key(key("3-9"))).item();
      assertThat(item).containsEntry("text", AttributeValue.fromS(text + 149));
    }
    try (var tables = LocalTables.open(folder)) {
      assertThat(tables.client("control").scan(r -> r.tableName("log")).count()).isPositive();
    }
  }

  private static void put(DynamoDbClient client, String id, String text) {
    var item = new HashMap<>(key(id));
    item.put("text", AttributeValue.fromS(text));
    // It is read first, which is what kept the log from being taken in.
    client.putItem(r ->
        r.tableName("log")
            .item(item)
            .conditionExpression("attribute_not_exists(pk) OR pk = :pk")
            .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(id))));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("pk", AttributeValue.fromS(id), "sk", AttributeValue.fromS("N#1"));
  }

  @Test
  void are_shown_to_nobody_but_the_owner_even_if_they_were() throws IOException {
    var file = folder.resolve("tables.db");
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (var _ = LocalTables.open(folder)) {
      try (var files = Files.list(folder)) {
        assertThat(files.toList())
            .hasSize(3)
            .allSatisfy(each ->
                assertThat(Files.getPosixFilePermissions(each))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
      }
    }
  }

  @Test
  void that_are_none_are_refused() throws IOException {
    var file = folder.resolve("tables.db");
    Files.writeString(file, "something else ".repeat(100));

    assertThatThrownBy(() -> LocalTables.open(folder))
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            "cannot use %s: the tables are damaged, or none; put back a copy, or name another folder"
                    .formatted(file)
                + " with --data");
    assertThat(file).hasContent("something else ".repeat(100));
  }
}
