package dev.rollcall.migrate.document;

import dev.rollcall.core.digest.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A migration document: how items of one kind get from one level of the data to the next, and
/// back. It is data, never code, so that a release older than the document can take it back.
///
/// An item is *before* while it has the version that the document names; *expanded* while it also
/// has the mark of this migration; *after* when it has the document's level as its version. Every
/// method here is a function of the item as it was read, and answers [Change.Nothing] for an item
/// that is there already, or that the document is not about. `attic` is the item at [#atticKey],
/// read after the item itself; empty when that is empty or nothing is there.
///
/// @param id four digits
/// @param title as people call it
/// @param release the first release that has it
/// @param vocab the vocabulary that it is written in
/// @param from the level before
/// @param to the level after, one more
/// @param compat which releases get on with items that are after
/// @param match which items it is about
/// @param ops what happens to them
/// @param loss what the author declares to be lost
/// @param backup what is done before the first item changes
/// @param examples held against the interpreter before any item is touched
/// @param canonical the document as JSON, with its fields in order and without blanks: the same
///   however the document is laid out
public record Migration(
    String id,
    String title,
    String release,
    int vocab,
    int from,
    int to,
    Compat compat,
    Match match,
    List<Op> ops,
    Loss loss,
    Backup backup,
    List<Example> examples,
    String canonical) {

  /// The highest vocabulary that this build can interpret.
  public static final int VOCAB = 1;

  /// The form of documents that this build can read.
  public static final int FORMAT = 1;

  /// The longest document, in bytes of its canonical text. It has to fit into one item.
  public static final int LONGEST = 300 * 1024;

  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

  public Migration {
    ops = List.copyOf(ops);
    examples = List.copyOf(examples);
  }

  /// Reads YAML or JSON, such as a document's canonical text.
  ///
  /// @param file what faults are to name
  public static Read read(String file, String text) {
    return DocumentReader.read(file, text);
  }

  /// Of the canonical text, in hexadecimal digits. Two documents are the same if this is.
  public String sha256() {
    return Sha256.hex(canonical);
  }

  /// Runs the document's examples through this build's interpreter. Whoever did not write the
  /// document does so before touching any item.
  ///
  /// @return nothing when they come out as the document says
  public List<Disagreement> rehearse() {
    return new Rehearsal(this).run();
  }

  /// Whether the document has something to do when only newer releases serve.
  public boolean hasSettle() {
    return ops.stream().anyMatch(op -> op.phase() == Op.Phase.SETTLE || isMirror(op));
  }

  /// Which releases get on with the items while older ones serve as well.
  public Compat.Bounds whileExpanding() {
    var breaks =
        ops.stream()
            .anyMatch(
                op -> op.phase() == Op.Phase.EXPAND && !(op instanceof Op.Add) && !isMirror(op));
    return breaks || !hasSettle()
        ? compat.bounds()
        : new Compat.Bounds(Math.min(from, compat.minReader()), Math.min(from, compat.minWriter()));
  }

  /// Which releases get on with the items from the beginning of the settle phase on.
  public Compat.Bounds whenApplied() {
    return compat.bounds();
  }

  /// Which releases get on with the items once there is no way back.
  public Compat.Bounds whenFinal() {
    return compat.afterFinalise().orElse(compat.bounds());
  }

  /// Whether the item is of the document's kind, whatever its version.
  public boolean matches(Map<String, AttributeValue> item) {
    return match.covers(item);
  }

  /// The key of the attic item that is needed to change this one; empty when none is.
  public Optional<Map<String, AttributeValue>> atticKey(Map<String, AttributeValue> item) {
    return Optional.ofNullable(Draft.atticKey(marks(), item)).map(Key::attributes);
  }

  /// What an item gets while older releases serve. An item for which something is left to settle
  /// keeps its version, and is marked.
  ///
  /// @param ids asked for values that the item never had
  public Change expand(
      Map<String, AttributeValue> item, Map<String, AttributeValue> attic, Source ids) {
    var isNothing = hasSettle() && ops.stream().allMatch(op -> op.phase() == Op.Phase.SETTLE);
    if (stage(item) == Stage.UNCLEAR) {
      return UNCLEAR;
    }
    if (stage(item) != Stage.BEFORE || isNothing) {
      return new Change.Nothing();
    }
    return change(
        item,
        attic,
        draft -> {
          up(Op.Phase.EXPAND, draft, ids);
          if (hasSettle()) {
            draft.expanded();
          } else {
            draft.version(to);
          }
        });
  }

  /// What an item gets when only newer releases serve: all that it does not have, and the last word
  /// of older writers.
  ///
  /// @param ids asked for values that the item never had
  public Change settle(
      Map<String, AttributeValue> item, Map<String, AttributeValue> attic, Source ids) {
    return switch (stage(item)) {
      case BEFORE ->
          change(
              item,
              attic,
              draft -> {
                up(Op.Phase.EXPAND, draft, ids);
                up(Op.Phase.SETTLE, draft, ids);
                draft.version(to);
              });
      case EXPANDED ->
          change(
              item,
              attic,
              draft -> {
                ops.forEach(op -> interpreter().copyAgain(op, draft));
                up(Op.Phase.SETTLE, draft, ids);
                draft.version(to);
              });
      case AFTER, ELSEWHERE -> new Change.Nothing();
      case UNCLEAR -> UNCLEAR;
    };
  }

  /// Takes back what was done to an item, expanded or after. Where somebody has changed a value
  /// since, the change stays.
  public Change back(Map<String, AttributeValue> item, Map<String, AttributeValue> attic) {
    return switch (stage(item)) {
      case EXPANDED ->
          change(
              item,
              attic,
              draft -> {
                down(Op.Phase.EXPAND, draft, false);
                draft.version(match.version());
              });
      case AFTER ->
          change(
              item,
              attic,
              draft -> {
                down(Op.Phase.SETTLE, draft, true);
                down(Op.Phase.EXPAND, draft, true);
                draft.version(match.version());
              });
      case BEFORE, ELSEWHERE -> new Change.Nothing();
      case UNCLEAR -> UNCLEAR;
    };
  }

  /// Gives up what is kept beside items: where the migration is applied, what only the way back
  /// needs, which is the attic and the older name of what was renamed; where it was taken back,
  /// what another way up would find again. To be asked about every item of the table, attic items
  /// included, and only when all that match are after, or none is expanded or after.
  ///
  /// Attic items go when nobody refers to them any more. After the way back another way up may
  /// begin at any moment, and needs those that it finds a reference to.
  ///
  /// @param isUnreferred whether nobody refers to attic items any more
  public Change finalise(
      Map<String, AttributeValue> item, boolean isTakenBack, boolean isUnreferred) {
    var key = Key.of(item);
    if (marks().isAtticItem(key)) {
      return isUnreferred ? new Change.Delete(key.attributes(), Map.of()) : new Change.Nothing();
    }
    var stage = stage(item);
    if (stage == Stage.UNCLEAR) {
      return UNCLEAR;
    }
    var isOver =
        isTakenBack
            ? stage == Stage.BEFORE || stage == Stage.ELSEWHERE
            : matches(item) && version(item) >= to;
    if (!isOver) {
      return new Change.Nothing();
    }
    var draft = new Draft(marks(), match.isHot(), item, Map.of());
    draft.clearAttic();
    for (var op : ops) {
      if (!isTakenBack && op instanceof Op.Rename rename && rename.mirror()) {
        draft.remove(rename.from());
      }
    }
    return draft.change();
  }

  /// Whether an older release made the item, or gave it back its shape, after all others had come
  /// to this document's level.
  public boolean isLeftBehind(Map<String, AttributeValue> item) {
    return switch (stage(item)) {
      case BEFORE, EXPANDED -> true;
      case AFTER, ELSEWHERE, UNCLEAR -> false;
    };
  }

  private static final Change UNCLEAR =
      new Change.Refused(
          "its `_v`, the version of its shape, is no whole number. Give it the one that its like"
              + " have, or delete it");

  private enum Stage {
    BEFORE,
    EXPANDED,
    AFTER,
    /// Of another kind, or of a version that other migrations are about.
    ELSEWHERE,
    /// Nobody can tell.
    UNCLEAR
  }

  private Stage stage(Map<String, AttributeValue> item) {
    if (!matches(item)) {
      return Stage.ELSEWHERE;
    }
    if (!hasVersion(item)) {
      return Stage.UNCLEAR;
    }
    var version = version(item);
    if (version == to) {
      return Stage.AFTER;
    }
    if (version != match.version()) {
      return Stage.ELSEWHERE;
    }
    return item.containsKey(marks().expanded()) ? Stage.EXPANDED : Stage.BEFORE;
  }

  private static boolean hasVersion(Map<String, AttributeValue> item) {
    var version = item.get(Marks.VERSION);
    return version != null && version.n() != null && WHOLE.matcher(version.n()).matches();
  }

  private static int version(Map<String, AttributeValue> item) {
    return hasVersion(item)
        ? Integer.parseInt(Objects.requireNonNull(item.get(Marks.VERSION)).n())
        : 0;
  }

  private interface Work {
    void on(Draft draft);
  }

  private Change change(
      Map<String, AttributeValue> item, Map<String, AttributeValue> attic, Work work) {
    if (atticKey(item).isPresent() && attic.isEmpty()) {
      return new Change.Refused("the attic item that it refers to is missing");
    }
    var draft = new Draft(marks(), match.isHot(), item, attic);
    work.on(draft);
    return draft.change();
  }

  private void up(Op.Phase phase, Draft draft, Source ids) {
    for (var op : ops) {
      if (op.phase() == phase) {
        interpreter().up(op, draft, ids);
      }
    }
  }

  private void down(Op.Phase phase, Draft draft, boolean isSettled) {
    for (var op : ops.reversed()) {
      if (op.phase() == phase) {
        interpreter().down(op, draft, isSettled);
      }
    }
  }

  private static boolean isMirror(Op op) {
    return op instanceof Op.Rename rename && rename.mirror();
  }

  private Marks marks() {
    return new Marks(id);
  }

  private Interpreter interpreter() {
    return new Interpreter(marks());
  }
}
