package dev.rollcall.api;

import java.util.Map;
import java.util.stream.Collectors;

/// How wide a text is in Verdana at 11 pixels, letter by letter in whole pixels.
///
/// The letters that recorded badges show have the reference's widths; the others have the font's,
/// rounded. What is not in the table is as wide as the reference takes it to be.
final class TextWidth {
  private static final int OTHER = 7;

  private static final Map<Integer, String> LETTERS =
      Map.of(
          3, "ijl",
          4, "ftJ",
          5, "rI",
          6, "cesxzFL",
          8, "ABCDHKNRSUVXZ",
          9, "wGOQ",
          10, "M",
          11, "mW");

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
