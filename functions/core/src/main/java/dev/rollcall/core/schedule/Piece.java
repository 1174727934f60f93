package dev.rollcall.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// A piece of an expression that knows where it stands in the whole, so that a complaint can point
/// at it.
///
/// @param whole the whole expression
/// @param start offset of the first character
/// @param end offset behind the last character
record Piece(String whole, int start, int end) {

  static Piece of(String whole) {
    return new Piece(whole, 0, whole.length());
  }

  String text() {
    return whole.substring(start, end);
  }

  boolean isEmpty() {
    return start == end;
  }

  boolean is(String text) {
    return text().equals(text);
  }

  boolean has(String mark) {
    return text().contains(mark);
  }

  /// What stands before the first `mark`: everything when there is none.
  Piece before(String mark) {
    int at = text().indexOf(mark);
    return at < 0 ? this : new Piece(whole, start, start + at);
  }

  /// What stands behind the first `mark`: nothing when there is none.
  Piece behind(String mark) {
    int at = text().indexOf(mark);
    return new Piece(whole, at < 0 ? end : start + at + mark.length(), end);
  }

  /// What stands before the last `mark`: everything when there is none.
  Piece beforeLast(String mark) {
    int at = text().lastIndexOf(mark);
    return at < 0 ? this : new Piece(whole, start, start + at);
  }

  /// What stands behind the last `mark`: everything when there is none.
  Piece behindLast(String mark) {
    int at = text().lastIndexOf(mark);
    return at < 0 ? this : new Piece(whole, start + at + mark.length(), end);
  }

  /// The pieces between marks, empty ones included: one more than there are marks.
  List<Piece> split(String mark) {
    var pieces = new ArrayList<Piece>();
    var rest = this;
    while (rest.has(mark)) {
      pieces.add(rest.before(mark));
      rest = rest.behind(mark);
    }
    pieces.add(rest);
    return pieces;
  }

  /// The pieces between white space, none of them empty.
  List<Piece> words() {
    var words = new ArrayList<Piece>();
    int at = start;
    while (at < end) {
      int from = skip(at, Piece::isSpace);
      at = skip(from, character -> !isSpace(character));
      if (from < at) {
        words.add(new Piece(whole, from, at));
      }
    }
    return words;
  }

  /// This piece without white space at its ends.
  Piece trim() {
    var words = words();
    return words.isEmpty()
        ? new Piece(whole, start, start)
        : new Piece(whole, words.getFirst().start, words.getLast().end);
  }

  /// This piece without any `mark` at its end.
  Piece withoutTrailing(char mark) {
    int at = end;
    while (start < at && whole.charAt(at - 1) == mark) {
      at--;
    }
    return new Piece(whole, start, at);
  }

  /// The whole with another text in the place of this piece.
  String replacedBy(String text) {
    return whole.substring(0, start) + text + whole.substring(end);
  }

  private int skip(int from, IntPredicate kind) {
    int at = from;
    while (at < end && kind.test(whole.charAt(at))) {
      at++;
    }
    return at;
  }

  /// White space as Python's `str.split` has it, which the reference's libraries use.
  private static boolean isSpace(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == '\u0085';
  }
}
