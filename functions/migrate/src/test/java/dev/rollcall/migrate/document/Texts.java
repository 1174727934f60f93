package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// A document with one of each operation that changes items in place, and what becomes of it when a
/// piece of its text is another.
final class Texts {
  static final String FILE = "0007-all.yaml";

  static final String ALL =
      """
      format: 1
      vocab: 1
      id: "0007"
      title: One of each
      release: 1.4.0
      level: {from: 6, to: 7}
      compat: {minReader: 7, minWriter: 7, afterFinalise: {minReader: 7, minWriter: 7}}
      match: {entity: THING, pkPrefix: "THING#", sk: ITEM, version: 6}
      ops:
        - {op: add, attr: badge, value: {gen: uuid4}}
        - {op: remove, attr: kind, default: {S: simple}, phase: settle}
        - {op: rename, from: desc, to: description, mirror: true}
        - {op: map, attr: state, values: [{from: {S: up}, to: {S: ok}}, {from: {S: down}, to: {S: ko}}]}
        - {op: map, attr: grace, values: [{from: {N: "3540"}, to: {N: "59"}}, {from: {N: "3599"}, to: {N: "59"}}, {from: {N: "120"}, to: {N: "2"}}]}
      loss: {down: none-with-attic, finalised: kind; seconds of grace}
      backup: pitr-mark
      examples:
        - up:
            in: {kind: {S: cron}, desc: {S: x}, state: {S: up}, grace: {N: "3599"}}
            out: {desc: {S: x}, description: {S: x}, state: {S: ok}, grace: {N: "59"}, badge: "@any"}
        - down:
            in: {description: {S: n}, grace: {N: "2"}}
            out: {desc: {S: n}, kind: {S: simple}, grace: {N: "120"}}
      """;

  /// Its last operation.
  static final String GRACE =
      ALL.lines()
          .filter(line -> line.contains("attr: grace"))
          .findFirst()
          .orElseThrow()
          .strip()
          .substring("- ".length());

  private Texts() {}

  /// [#ALL] with another piece.
  static String all(String piece, String other) {
    assertThat(ALL).contains(piece);
    return ALL.replace(piece, other);
  }

  static Migration good(String text) {
    return switch (Migration.read(FILE, text)) {
      case Read.Good(var migration) -> migration;
      case Read.Bad(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  static List<Fault> faults(String text) {
    return switch (Migration.read(FILE, text)) {
      case Read.Good _ -> List.of();
      case Read.Bad(var faults) -> faults;
    };
  }
}
