package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Read;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Migrations up to level 5: the real one, and three of releases to come.
final class Papers {
  private static final Path REAL = Path.of("..", "..", "schema-migrations");

  /// Of what pings write, with values that only an attic item of its own can keep.
  static final String HOT =
      """
      format: 1
      vocab: 1
      id: "0002"
      title: Grace times in minutes
      release: 0.3.0
      level: {from: 2, to: 3}
      compat: {minReader: 3, minWriter: 3}
      match: {entity: CHECK, pkPrefix: "CHECK#", sk: HOT, version: 1}
      ops:
        - {op: add, attr: weight, value: {N: "5"}}
        - {op: map, attr: grace, values: [{from: {N: "3540"}, to: {N: "59"}}, {from: {N: "3599"}, to: {N: "59"}}, {from: {N: "120"}, to: {N: "2"}}], phase: settle}
        - {op: remove, attr: keep, default: {N: "30"}, phase: settle}
      loss: {down: none-with-attic, finalised: seconds of grace times}
      backup: none
      examples:
        - up:
            in: {grace: {N: "3599"}, keep: {N: "7"}}
            out: {grace: {N: "59"}, weight: {N: "5"}}
        - down:
            in: {grace: {N: "2"}, weight: {N: "5"}}
            out: {grace: {N: "120"}, keep: {N: "30"}}
      """;

  /// Of items that older releases go on reading, under both names.
  static final String MIRRORED =
      """
      format: 1
      vocab: 1
      id: "0003"
      title: Channels have titles
      release: 0.4.0
      level: {from: 3, to: 4}
      compat: {minReader: 3, minWriter: 4}
      match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 2}
      ops:
        - {op: rename, from: name, to: title, mirror: true}
      loss: {down: none-with-attic, finalised: none}
      backup: pitr-mark
      examples:
        - up:
            in: {name: {S: Office}}
            out: {name: {S: Office}, title: {S: Office}}
        - down:
            in: {name: {S: Office}, title: {S: Works}}
            out: {name: {S: Works}}
      """;

  /// That cannot be taken back without loss.
  static final String LOSSY =
      """
      format: 1
      vocab: 1
      id: "0004"
      title: Fewer kinds
      release: 0.5.0
      level: {from: 4, to: 5}
      compat: {minReader: 5, minWriter: 5}
      match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 4}
      ops:
        - {op: map, attr: kind, values: [{from: {S: webhook}, to: {S: web}}], phase: settle}
      loss: {down: lossy, finalised: none}
      backup: on-demand
      examples:
        - up:
            in: {kind: {S: webhook}}
            out: {kind: {S: web}}
        - down:
            in: {kind: {S: web}}
            out: {kind: {S: webhook}}
      """;

  static final List<Migration> ALL = all();

  /// Of another release of level 3, that every release gets on with.
  static final Migration TOLERANT =
      read(
          """
          format: 1
          vocab: 1
          id: "0002"
          title: Checks have a weight
          release: 0.3.0
          level: {from: 2, to: 3}
          compat: {minReader: 1, minWriter: 1}
          match: {entity: CHECK, pkPrefix: "CHECK#", sk: DETAIL, version: 1}
          ops:
            - {op: add, attr: weight, value: {N: "5"}}
          loss: {down: none-with-attic, finalised: none}
          backup: none
          examples:
            - up:
                in: {name: {S: Job}}
                out: {name: {S: Job}, weight: {N: "5"}}
            - down:
                in: {name: {S: Job}, weight: {N: "5"}}
                out: {name: {S: Job}}
          """);

  private Papers() {}

  /// What a release of this level brings with it.
  static List<Migration> upTo(int level) {
    return ALL.stream().filter(migration -> migration.to() <= level).toList();
  }

  static Migration read(String text) {
    return switch (Migration.read("a document", text)) {
      case Read.Good(var migration) -> migration;
      case Read.Bad(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  private static List<Migration> all() {
    var all = new ArrayList<>(Documents.in(REAL).migrations().subList(0, 1));
    List.of(HOT, MIRRORED, LOSSY).forEach(text -> all.add(read(text)));
    return List.copyOf(all);
  }
}
