package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Read;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.store.RawItems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A release that nobody has written yet: migrations drawn from the vocabulary, over items of every
/// kind, such that this release can neither read nor write the data after them.
record NewerRelease(List<Migration> documents) {
  private static final int MIGRATIONS = 5;

  /// A kind of item, and what may become of it: each once.
  private record Kind(String entity, String sk, List<String> ops) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "CHECK",
              "HOT",
              List.of(
                  "{op: add, attr: weight, value: {N: \"5\"}}",
                  "{op: map, attr: grace, values: [{from: {N: \"3599\"}, to: {N: \"59\"}}], phase: settle}",
                  "{op: remove, attr: keep, default: {N: \"30\"}, phase: settle}",
                  "{op: rename, from: period, to: interval, phase: settle}")),
          new Kind(
              "CHECK",
              "DETAIL",
              List.of(
                  "{op: rename, from: description, to: text, phase: settle}",
                  "{op: add, attr: colour, value: {gen: uuid4}}",
                  "{op: remove, attr: zone, default: {S: Z}, phase: settle}")),
          new Kind(
              "PROJECT",
              "ITEM",
              List.of(
                  "{op: rename, from: name, to: title, phase: settle}",
                  "{op: remove, attr: checkLimit, default: {N: \"20\"}, phase: settle}")),
          new Kind(
              "CHANNEL",
              "ITEM",
              List.of(
                  "{op: rename, from: settings, to: config, phase: settle}",
                  "{op: add, attr: colour, value: {gen: hex32}}")));

  static NewerRelease drawn(long seed) {
    var random = new Random(seed);
    var versions = new HashMap<>(Map.of("CHANNEL", Release.THIS.level()));
    var left = new HashMap<Kind, List<String>>();
    KINDS.forEach(kind -> left.put(kind, new ArrayList<>(kind.ops())));
    var documents = new ArrayList<>(Documents.ofThisBuild().migrations());
    for (int from = Release.THIS.level(); documents.size() < MIGRATIONS + 1; from++) {
      var kinds = KINDS.stream().filter(kind -> !left.getOrDefault(kind, List.of()).isEmpty());
      var able = kinds.toList();
      var kind = able.get(random.nextInt(able.size()));
      var ops = left.getOrDefault(kind, List.of());
      var op = ops.remove(random.nextInt(ops.size()));
      var name = kind.sk().equals("ITEM") ? kind.entity() : kind.sk();
      documents.add(document(from, kind, versions.getOrDefault(name, 1), op));
      versions.put(name, from + 1);
    }
    return new NewerRelease(documents);
  }

  private static Migration document(int from, Kind kind, int version, String op) {
    var text =
        """
        format: 1
        vocab: 1
        id: "%04d"
        title: Of a release to come
        release: 9.%d.0
        level: {from: %d, to: %d}
        compat: {minReader: %d, minWriter: %d}
        match: {entity: %s, pkPrefix: "%s#", sk: %s, version: %d}
        ops:
          - %s
        loss: {down: none-with-attic, finalised: what only this level knows}
        backup: none
        examples: []
        """
            .formatted(
                from,
                from,
                from,
                from + 1,
                from + 1,
                from + 1,
                kind.entity(),
                kind.entity(),
                kind.sk(),
                version,
                op);
    return switch (Migration.read("to come", text)) {
      case Read.Good(var migration) -> migration;
      case Read.Bad(var faults) -> throw new IllegalArgumentException(text + faults);
    };
  }

  int level() {
    return documents.getLast().to();
  }

  /// What is done to the data, for whoever reads a failure.
  String said() {
    return String.join(
        "\n", documents.stream().map(document -> document.match() + " " + document.ops()).toList());
  }

  /// Brings the data of a folder to its level, and works with it: edits what only it can name.
  void serve(Path folder) {
    try (var tables = LocalTables.open(folder)) {
      var items = new RawItems(tables.client("newer"), LocalTables.TABLES);
      var release = new Release("9.9.0", level(), 1);
      var migrator = new Migrator(items, release, documents, Setup.alone("newer"));
      Progress progress;
      do {
        progress = migrator.settle(level(), "upgrade", Instant.now().plusSeconds(10));
      } while (progress instanceof Progress.Going);
      assertThat(progress).isInstanceOf(Progress.Done.class);
      edit(tables);
    }
  }

  /// Every item gets an attribute that only the newer release knows.
  private static void edit(LocalTables tables) {
    var client = tables.client("newer");
    client
        .scanPaginator(scan -> scan.tableName(LocalTables.TABLES.state()))
        .items()
        .forEach(item -> {
          var key = RawItems.keyOf(item);
          if (!RawItems.META.equals(item.getOrDefault("pk", AttributeValue.fromS("")).s())) {
            client.updateItem(update ->
                update
                    .tableName(LocalTables.TABLES.state())
                    .key(key)
                    .updateExpression("SET #n = :n")
                    .expressionAttributeNames(Map.of("#n", "novelty"))
                    .expressionAttributeValues(Map.of(":n", AttributeValue.fromS("news"))));
          }
        });
  }
}
