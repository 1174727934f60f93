package dev.rollcall.core.json;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes trees of texts, numbers, booleans, nulls, maps and iterables as JSON, the way the
/// reference does: a blank after each comma and colon, and everything beyond ASCII escaped, so that
/// the text fits wherever a template puts it.
public final class Json {
  private Json() {}

  public static String write(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> quote(text, out);
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag);
      case Map<?, ?> map -> object(map, out);
      case Iterable<?> values -> array(values, out);
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass().getName());
    }
  }

  private static void object(Map<?, ?> map, StringBuilder out) {
    out.append('{');
    var separator = "";
    for (var entry : map.entrySet()) {
      out.append(separator);
      quote(entry.getKey().toString(), out);
      out.append(": ");
      write(entry.getValue(), out);
      separator = ", ";
    }
    out.append('}');
  }

  private static void array(Iterable<?> values, StringBuilder out) {
    out.append('[');
    for (Iterator<?> each = values.iterator(); each.hasNext(); ) {
      write(each.next(), out);
      out.append(each.hasNext() ? ", " : "");
    }
    out.append(']');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    var written = 0;
    for (int i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (character < ' ' || character > '~' || character == '"' || character == '\\') {
        escape(character, out.append(text, written, i));
        written = i + 1;
      }
    }
    out.append(text, written, text.length()).append('"');
  }

  private static void escape(char character, StringBuilder out) {
    switch (character) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u").append(HexFormat.of().toHexDigits(character));
    }
  }
}
