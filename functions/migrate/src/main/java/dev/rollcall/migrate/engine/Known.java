package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Reading;
import dev.rollcall.store.SchemaItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// META as it was read at one time. A newer release may have written it. Whatever this one does not
/// understand of what it would decide by is a doubt, and while there is any, it touches nothing:
/// what it takes for a migration that was taken back may be one of which the newer release says
/// something else.
///
/// @param said what the data says of its shape
/// @param doubts as sentences without their full stops
record Known(SchemaItem said, Head head, Ledger ledger, List<String> doubts) {
  private static final int SHOWN = 5;
  private static final Pattern MIGRATION = Pattern.compile("MIG#(?<id>\\d{4})");

  Known {
    doubts = List.copyOf(doubts.isEmpty() ? incoherence(head, ledger) : doubts);
  }

  /// Keys that a newer release has added say nothing.
  ///
  /// @param schema the item that says what the data is
  /// @param migrations the items of migrations and of the work on them
  /// @param releases those of releases
  static Known of(
      Optional<Map<String, AttributeValue>> schema,
      List<Map<String, AttributeValue>> migrations,
      List<Map<String, AttributeValue>> releases) {
    var doubts = new ArrayList<String>();
    var said = schema.map(RawItems::schema).orElseGet(() -> SchemaItem.of(Schema.FIRST));
    var head = head(schema, doubts);
    var entries = new ArrayList<Entry>();
    for (var row : migrations) {
      var sk = RawItems.text(row, RawItems.SK);
      var entry = MIGRATION.matcher(sk);
      if (entry.matches()) {
        Entry.read(entry.group("id"), reading(sk, row, doubts)).ifPresent(entries::add);
      }
      var pass = Pass.KEY.matcher(sk);
      if (pass.matches()) {
        Pass.read(pass.group("id"), reading(sk, row, doubts));
      }
    }
    var strange = new ArrayList<String>();
    var seen = new ArrayList<Seen>();
    for (var row : releases) {
      var sk = RawItems.text(row, RawItems.SK);
      Seen.read(sk.substring(Meta.RELEASE.length()), reading(sk, row, strange))
          .ifPresent(seen::add);
    }
    return new Known(said, head, new Ledger(entries, seen, strange), doubts);
  }

  static Head head(Optional<Map<String, AttributeValue>> item, List<String> doubts) {
    return item.map(
            there -> Head.read(RawItems.schema(there), reading(RawItems.SCHEMA, there, doubts)))
        .orElse(Head.FIRST);
  }

  /// @param doubts hears of what is not understood
  static Reading reading(String name, Map<String, AttributeValue> item, List<String> doubts) {
    return new Reading(name, item, doubts::add);
  }

  /// Why nothing may be touched, and what helps.
  Optional<String> refusal(Release self) {
    return doubts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Release %s does not understand what META says: %s%s. Deploy %s"
                .formatted(
                    self.name(),
                    String.join("; ", doubts.subList(0, Math.min(SHOWN, doubts.size()))),
                    doubts.size() > SHOWN ? "; and more" : "",
                    reader(self)
                        .map(release -> "release %s or a newer release".formatted(release.name()))
                        .orElse("the release that wrote it, or a newer release")));
  }

  /// The one that was seen last of those that may have written what this one does not understand.
  private Optional<Seen> reader(Release self) {
    return ledger.releases().stream()
        .filter(release -> !release.name().equals(self.name()) && release.level() >= self.level())
        .max(
            Comparator.comparing(
                release -> Objects.requireNonNullElse(release.last(), Instant.EPOCH)));
  }

  /// What the items contradict each other in, each of them understood.
  private static List<String> incoherence(Head head, Ledger ledger) {
    var found = new ArrayList<String>();
    if (!head.isAt(Phase.STEADY) && ledger.current(head).isEmpty()) {
      found.add("SCHEMA says that work is under way, but not on which migration");
    }
    if (head.isAt(Phase.BLOCKED) && head.trouble() == null) {
      found.add("SCHEMA says that work is blocked, but not which");
    }
    return found;
  }
}
