package dev.rollcall.core.check;

import java.util.regex.Pattern;

/// The words by which the text of a ping says what it means; each a comma-separated list, compared
/// as they stand, upper and lower case distinct. Words are looked for in this order: failure,
/// success, start.
public record Keywords(String start, String success, String failure) {

  public static final Keywords NONE = new Keywords("", "", "");

  private static final Pattern COMMA = Pattern.compile(",");

  /// What `text` means by these words.
  Signal judge(String text, boolean failByDefault, Signal asked) {
    var run = asked.run();
    if (contains(text, failure)) {
      return new Signal.Failure(run);
    }
    if (contains(text, success)) {
      return new Signal.Success(run);
    }
    if (contains(text, start)) {
      return new Signal.Start(run);
    }
    return failByDefault ? new Signal.Failure(run) : new Signal.Ignored(run);
  }

  private static boolean contains(String text, String words) {
    return COMMA
        .splitAsStream(words)
        .map(String::strip)
        .anyMatch(word -> !word.isEmpty() && text.contains(word));
  }
}
