package dev.rollcall.migrate.document;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item before and after. The interpreter has to agree before it may touch data: an older
/// release that does not understand a document as its author did finds out here.
///
/// @param line where it begins in its document
/// @param direction which way
/// @param in the item's attributes, without its version; keys are made up where none are given
/// @param out what becomes of them; an empty value stands for any
public record Example(
    int line,
    Direction direction,
    Map<String, AttributeValue> in,
    Map<String, Optional<AttributeValue>> out) {

  /// Stands for any value in `out`.
  static final String ANY = "@any";

  public Example {
    in = Map.copyOf(in);
    out = Map.copyOf(out);
  }

  /// Which way a document is followed.
  public enum Direction {
    /// An item of the older level, all the way to the newer.
    UP,
    /// An item that was born at the newer level.
    DOWN
  }
}
