package dev.rollcall.testing.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Values that programs stumble over.
final class Oddities {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\t",
          "\0",
          "a\0b",
          ".",
          "..",
          "../../etc/passwd",
          "%",
          "%%",
          "%ZZ",
          "%00",
          "%ff%fe",
          "%C0%80",
          "%ED%A0%80",
          "%2e%2e%2f",
          "%u0041",
          "%25",
          "+",
          "#",
          "?",
          "&",
          "\ud800",
          "\udc00\ud800",
          "\uFEFF",
          "\uFFFF",
          "\u202e",
          "\u0660\u0661",
          "\u0130",
          "\u212a",
          "é",
          "e\u0301",
          "\ud835\udd4f",
          "\r\nset-cookie: a=b",
          "' OR 1=1 --",
          "${jndi:ldap://127.0.0.1/a}",
          "{{7*7}}",
          "<script>alert(1)</script>",
          "-1",
          "+1",
          "0",
          "00000000000000000001",
          "256",
          "2147483648",
          "9223372036854775808",
          "1e309",
          "NaN",
          "null",
          "true",
          "*",
          "//evil.test",
          "00000000-0000-0000-0000-000000000000",
          "FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF",
          "0-0-0-0-0");

  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "1.0",
          "60.5",
          "1e3",
          "1e400",
          "-1E-400",
          "31536001",
          "9223372036854775808",
          "0x10",
          "01",
          "-",
          "+1",
          "NaN",
          "Infinity",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\x\"",
          "\"\\u12\"",
          "\"unterminated",
          "'single'",
          "[]",
          "[null]",
          "[[]]",
          "[1,",
          "[\"name\", 1]",
          "[\"name\", \"name\"]",
          "{}",
          "{\"\": 0}",
          "{\"a\": 1, \"a\": 2}",
          "{\"a\"",
          "{,}",
          "/* no */ 1",
          "\uFEFF1",
          "\0",
          "nul",
          "");

  /// The longest text: beyond every limit of a field, a key and a path.
  private static final int LONG = 20_000;

  private static final int DEEP = 3000;

  private final RandomGenerator random;

  Oddities(RandomGenerator random) {
    this.random = random;
  }

  String text() {
    return switch (random.nextInt(10)) {
      case 0 -> pick(List.of("a", "é", "9", "%00", "/", "\ud800")).repeat(random.nextInt(LONG / 3));
      case 1 -> noise(random.nextInt(60));
      case 2 -> pick(TEXTS) + pick(TEXTS);
      default -> pick(TEXTS);
    };
  }

  /// Something in the place of a JSON value, which may well be none.
  String json() {
    return switch (random.nextInt(10)) {
      case 0 -> "9".repeat(1 + random.nextInt(LONG));
      case 1 -> "[".repeat(DEEP) + (random.nextBoolean() ? "]".repeat(DEEP) : "");
      case 2 -> "{\"a\":".repeat(random.nextInt(40)) + "1" + "}".repeat(random.nextInt(40));
      case 3 -> Escapes.quoted(text());
      default -> pick(JSON);
    };
  }

  /// Characters of all planes, halves of pairs among them.
  String noise(int length) {
    return IntStream.range(0, length)
        .mapToObj(_ ->
            random.nextBoolean()
                ? Character.toString((char) random.nextInt(0x10000))
                : Character.toString(random.nextInt(0x80)))
        .collect(Collectors.joining());
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
