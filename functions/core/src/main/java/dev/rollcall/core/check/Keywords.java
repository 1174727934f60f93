package dev.rollcall.core.check;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The words by which the text of a ping says what it means; each a comma-separated list, compared
/// as they stand, upper and lower case distinct. Words are looked for in this order: failure,
/// success, start.
public record Keywords(String start, String success, String failure) {

  public static final Keywords NONE = new Keywords("", "", "");

  private static final Pattern COMMA = Pattern.compile(",");

  /// All of them.
  Set<String> all() {
    return Stream.of(start, success, failure).flatMap(Keywords::words).collect(toUnmodifiableSet());
  }

  /// What a text means by these words.
  ///
  /// @param text says of a word whether it is there
  Signal judge(Predicate<String> text, boolean failByDefault, Signal asked) {
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

  private static boolean contains(Predicate<String> text, String words) {
    return words(words).anyMatch(text);
  }

  private static Stream<String> words(String words) {
    return COMMA.splitAsStream(words).map(String::strip).filter(word -> !word.isEmpty());
  }
}
