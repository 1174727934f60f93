package dev.rollcall.migrate.document;

import java.util.Optional;
import java.util.stream.Stream;

/// What a document has to keep to by itself, so that the release before it can go on serving, and
/// come back.
///
/// @param document that is looked at
/// @param faults where to say what is wrong
record Policy(Authored document, Faults faults) {
  private static final String NO_LOSS = "none";

  void check() {
    for (var op : migration().ops()) {
      breaksNoReader(op);
      hasExample(op);
    }
    takesThingsAwayLater();
    hasExampleDown();
    writesNoLessThanItReads();
    declaresLoss();
    agreesWithItsExamples();
  }

  private Migration migration() {
    return document.migration();
  }

  /// Whether releases of the level before meet something that they do not expect.
  static boolean isDestructive(Op op) {
    return switch (op) {
      case Op.Add _ -> false;
      case Op.Rename rename -> !rename.mirror();
      case Op.Remove _, Op.Mapping _ -> true;
    };
  }

  /// Once only newer releases serve, an attribute may go that the release before does not read any
  /// more. No release knows another name or value than its own.
  private void breaksNoReader(Op op) {
    var compat = migration().compat();
    var to = migration().to();
    var isUnread = op instanceof Op.Remove && op.phase() == Op.Phase.SETTLE;
    if (isDestructive(op) && !isUnread && compat.minReader() < to) {
      fault(
          op,
          "`%s` breaks readers of level %d, and `minReader` is %d"
              .formatted(op.name(), migration().from(), compat.minReader()),
          switch (op) {
            case Op.Rename _ ->
                "add mirror: true and minWriter: %d; or make minReader %d".formatted(to, to);
            case Op.Remove _ ->
                "add phase: settle, a release after the last one that reads it; or make minReader "
                    + to;
            case Op.Add _, Op.Mapping _ ->
                "make minReader %d; older releases then keep pings for later while this is applied"
                    .formatted(to);
          });
    }
    if (op instanceof Op.Rename rename && rename.mirror()) {
      if (compat.minWriter() < to) {
        fault(
            op,
            "once settled, nobody reads what writers of level %d write to `%s`"
                .formatted(migration().from(), rename.from()),
            "make minWriter " + to);
      }
      if (migration().whenFinal().minReader() < to) {
        fault(
            op,
            "`%s` goes when the migration is final, and readers of level %d need it"
                .formatted(rename.from(), migration().from()),
            "add afterFinalise: {minReader: %d, minWriter: %d}".formatted(to, to));
      }
    }
  }

  /// Additive in one release, destructive in the next: what this release begins to write instead,
  /// the release before it does not read yet.
  private void takesThingsAwayLater() {
    var adds = migration().ops().stream().anyMatch(op -> !isDestructive(op));
    if (adds && migration().compat().minReader() < migration().to()) {
      migration().ops().stream()
          .filter(Policy::isDestructive)
          .forEach(op ->
              fault(
                  op,
                  "`%s` stands beside what is added".formatted(op.name()),
                  "put it into a document of the next release: additive first, destructive later"));
    }
  }

  private void hasExample(Op op) {
    var isShown =
        migration().examples().stream()
            .filter(example -> example.direction() == Example.Direction.UP)
            .anyMatch(example -> shows(example, op));
    if (!isShown) {
      fault(
          op,
          "no example shows what `%s` does".formatted(op.name()),
          "add an example with `up`, and the attribute in it");
    }
  }

  private static boolean shows(Example example, Op op) {
    var in = example.in().keySet();
    var out = example.out().keySet();
    return switch (op) {
      case Op.Add add -> out.contains(add.attr()) && !in.contains(add.attr());
      case Op.Remove remove -> in.contains(remove.attr());
      case Op.Rename rename -> in.contains(rename.from()) && out.contains(rename.to());
      case Op.Mapping mapping -> in.contains(mapping.attr()) && isChanged(example, mapping.attr());
    };
  }

  private static boolean isChanged(Example example, String attr) {
    var out = example.out().getOrDefault(attr, Optional.empty());
    return out.isPresent() && !out.get().equals(example.in().get(attr));
  }

  private void hasExampleDown() {
    if (migration().examples().stream()
        .noneMatch(example -> example.direction() == Example.Direction.DOWN)) {
      faults.add(
          document.line("examples"),
          "no example shows what becomes of an item that was born at level " + migration().to(),
          "add an example with `down`");
    }
  }

  private void writesNoLessThanItReads() {
    Stream.of(migration().whenApplied(), migration().whenFinal())
        .filter(bounds -> bounds.minWriter() < bounds.minReader())
        .findFirst()
        .ifPresent(_ ->
            faults.add(
                document.line("compat"),
                "a release cannot write what it cannot read",
                "make minWriter at least minReader"));
  }

  private void declaresLoss() {
    var loss = migration().loss();
    for (var op : migration().ops()) {
      if (loss.down() == Loss.Down.NONE && needsAttic(op)) {
        faults.add(
            document.line("loss", "down"),
            "`%s` needs the attic on the way back".formatted(op.name()),
            "make `down` none-with-attic");
      }
      if (loss.finalised().equals(NO_LOSS) && forgets(op)) {
        faults.add(
            document.line("loss", "finalised"),
            "what `%s` takes away cannot be had back once the attic is gone".formatted(op.name()),
            "say in `finalised` what is lost");
      }
    }
    if (loss.down() == Loss.Down.LOSSY && migration().backup() != Backup.ON_DEMAND) {
      faults.add(
          document.line("backup"),
          "the way back loses something, and nothing is kept of it",
          "make `backup` on-demand");
    }
  }

  private static boolean needsAttic(Op op) {
    return op instanceof Op.Add || forgets(op);
  }

  private static boolean forgets(Op op) {
    return switch (op) {
      case Op.Remove _ -> true;
      case Op.Mapping mapping -> !mapping.isBijection();
      case Op.Add _, Op.Rename _ -> false;
    };
  }

  private void agreesWithItsExamples() {
    migration()
        .rehearse()
        .forEach(disagreement ->
            faults.add(
                disagreement.line(),
                "an example comes out otherwise: " + disagreement.difference(),
                "mend the example or the operation"));
  }

  private void fault(Op op, String rule, String remedy) {
    faults.add(document.line(op), rule, remedy);
  }
}
