package dev.rollcall.migrate.document;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a document does to every item that it matches. This is the vocabulary, version 1, and it is
/// closed: an older release takes back what a newer one did, so it has to know every word. No two
/// operations of a document touch the same attribute, so their order means nothing.
public sealed interface Op {

  /// When it happens on the way up.
  Phase phase();

  /// Every attribute that it may write.
  Set<String> attributes();

  /// Its word in the vocabulary.
  String name();

  /// When an operation happens.
  enum Phase {
    /// While older releases serve as well.
    EXPAND,
    /// When only newer ones do.
    SETTLE
  }

  /// An attribute that older releases do not know. Items that have it already keep theirs. On the
  /// way down it goes to the attic, and the next way up finds it there.
  record Add(String attr, Value value, Phase phase) implements Op {
    @Override
    public Set<String> attributes() {
      return Set.of(attr);
    }

    @Override
    public String name() {
      return "add";
    }
  }

  /// An attribute that newer releases do not need. Its value goes to the attic.
  ///
  /// @param otherwise what items get on the way down that were born without it
  record Remove(String attr, Optional<AttributeValue> otherwise, Phase phase) implements Op {
    @Override
    public Set<String> attributes() {
      return Set.of(attr);
    }

    @Override
    public String name() {
      return "remove";
    }
  }

  /// An attribute under another name.
  ///
  /// @param mirror both names exist until the migration is final, so that older releases can still
  ///   read. The older name counts until the settle phase copies it once more, the newer one after
  record Rename(String from, String to, boolean mirror, Phase phase) implements Op {
    @Override
    public Set<String> attributes() {
      return Stream.of(from, to).collect(toSet());
    }

    @Override
    public String name() {
      return "rename";
    }
  }

  /// Values by a table. What the table does not name stays as it is.
  record Mapping(String attr, List<Entry> values, Phase phase) implements Op {
    public Mapping {
      values = List.copyOf(values);
    }

    @Override
    public Set<String> attributes() {
      return Set.of(attr);
    }

    @Override
    public String name() {
      return "map";
    }

    /// Whether each value has one origin.
    boolean isBijection() {
      return values.stream().map(Entry::to).distinct().count() == values.size();
    }
  }

  /// A line of a mapping's table.
  record Entry(AttributeValue from, AttributeValue to) {}

  /// What an added attribute gets.
  sealed interface Value {
    /// The same for all.
    record Const(AttributeValue value) implements Value {}

    /// One of its own.
    record Generated(Kind kind) implements Value {}

    /// What is generated, as text.
    enum Kind {
      /// A random UUID.
      UUID4,
      /// 128 random bits as hexadecimal digits.
      HEX32
    }
  }
}
