package dev.rollcall.mail;

import java.util.HashSet;
import java.util.Set;

/// Looks for words in a text that comes in pieces. It keeps no more of it than the longest word may
/// need.
final class Search implements Mail.Searched {
  private final Set<String> wanted = new HashSet<>();
  private final Set<String> found = new HashSet<>();
  private final StringBuilder window = new StringBuilder();
  private final int longest;

  /// @param words as they have to stand in the text
  Search(Set<String> words) {
    wanted.addAll(words);
    longest = words.stream().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public void add(CharSequence piece) {
    if (wanted.isEmpty()) {
      return;
    }
    window.append(piece);
    wanted.removeIf(word -> {
      var isThere = window.indexOf(word) >= 0;
      if (isThere) {
        found.add(word);
      }
      return isThere;
    });
    window.delete(0, Math.max(0, window.length() - longest + 1));
  }

  /// No word goes on into the next part.
  @Override
  public void end() {
    window.setLength(0);
  }

  Set<String> found() {
    return found;
  }
}
