package dev.rollcall.api;

import java.util.Map;
import java.util.stream.Collectors;

/// How wide a text is on a badge of the reference, letter by letter in whole pixels: about as wide
/// as Verdana at 11 pixels.
final class TextWidth {
  private static final int OTHER = 7;

  private static final Map<Integer, String> LETTERS =
      Map.of(
          3, "ijlI",
          4, "frJ-",
          5, "t",
          6, "cesx1FLP_",
          8, "ACDHNUV",
          9, "wGOQ",
          10, "mM",
          11, "W");

  private static final Map<Integer, Integer> WIDTHS =
      LETTERS.entrySet().stream()
          .flatMap(entry ->
              entry.getValue().chars().boxed().map(letter -> Map.entry(letter, entry.getKey())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(letter -> WIDTHS.getOrDefault(letter, OTHER)).sum();
  }
}
