package dev.rollcall.migrate.engine;

import dev.rollcall.core.digest.Sha256;
import dev.rollcall.migrate.document.Disagreement;
import dev.rollcall.migrate.document.Fault;
import dev.rollcall.migrate.document.Loss;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Read;
import java.util.stream.Collectors;

/// What this build makes of a text that the data remembers.
sealed interface Recorded {

  /// It understands the document as its author did: the examples say so.
  record Usable(Migration migration) implements Recorded {}

  /// It must not touch an item.
  record Useless(String reason) implements Recorded {}

  static Recorded of(Entry entry, Ledger ledger, Build build) {
    var text = entry.text();
    if (text.vocab() > Migration.VOCAB) {
      return new Useless(
          "migration %s is written in vocabulary %d, and this release (%s) understands %d; %s does"
              .formatted(
                  text.id(),
                  text.vocab(),
                  build.release().name(),
                  Migration.VOCAB,
                  ledger
                      .speaking(text.vocab())
                      .map(release -> "release " + release.name())
                      .orElse("release " + entry.origin().release())));
    }
    if (!Sha256.hex(text.document()).equals(text.sha256())) {
      return new Useless(
          "the text of migration %s in META is not the one that was recorded: its SHA-256 differs"
              .formatted(text.id()));
    }
    var other = build.own(text.id()).filter(own -> !own.sha256().equals(text.sha256()));
    if (other.isPresent()) {
      return new Useless(
          ("migration %s of this release (%s) is another one than that which release %s applied:"
                  + " their texts differ. Deploy a release that has the text with SHA-256 %s")
              .formatted(
                  text.id(),
                  build.release().name(),
                  entry.origin().release(),
                  text.sha256().substring(0, 12)));
    }
    return build.heard().computeIfAbsent(text.sha256(), _ -> read(entry));
  }

  private static Recorded read(Entry entry) {
    var text = entry.text();
    return switch (Migration.read("META/MIG#" + text.id(), text.document())) {
      case Read.Bad(var faults) ->
          new Useless(
              "this release cannot read migration %s: %s"
                  .formatted(
                      text.id(),
                      faults.stream().map(Fault::toString).collect(Collectors.joining("; "))));
      case Read.Good(var migration) -> rehearsed(migration, entry);
    };
  }

  private static Recorded rehearsed(Migration migration, Entry entry) {
    var disagreements = migration.rehearse();
    return disagreements.isEmpty()
        ? new Usable(migration)
        : new Useless(
            "this release does not understand migration %s as release %s did: %s"
                .formatted(
                    migration.id(),
                    entry.origin().release(),
                    disagreements.stream()
                        .map(Disagreement::difference)
                        .collect(Collectors.joining("; "))));
  }

  /// Whether the way back costs something, by the document's own word.
  static boolean isLossy(Migration migration) {
    return migration.loss().down() == Loss.Down.LOSSY;
  }
}
