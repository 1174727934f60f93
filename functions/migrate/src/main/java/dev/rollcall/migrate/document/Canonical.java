package dev.rollcall.migrate.document;

import dev.rollcall.core.digest.Sha256;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One text for one meaning: JSON with its fields in order and without blanks.
final class Canonical {
  private final StringBuilder text = new StringBuilder();

  private Canonical() {}

  static String of(Json json) {
    var canonical = new Canonical();
    canonical.write(json);
    return canonical.text.toString();
  }

  /// Tells attic items of one item apart: 64 bits.
  static String digest(Map<String, AttributeValue> attributes) {
    return Sha256.hex(of(Attributes.write(attributes))).substring(0, 16);
  }

  private void write(Json json) {
    switch (json) {
      case Json.Fields(_, var fields) -> {
        var separator = '{';
        for (var field : new TreeMap<>(fields).entrySet()) {
          text.append(separator);
          quote(field.getKey());
          text.append(':');
          write(field.getValue());
          separator = ',';
        }
        text.append(fields.isEmpty() ? "{}" : "}");
      }
      case Json.Items(_, var items) -> {
        var separator = '[';
        for (var item : items) {
          text.append(separator);
          write(item);
          separator = ',';
        }
        text.append(items.isEmpty() ? "[]" : "]");
      }
      case Json.Text(_, var value) -> quote(value);
      case Json.Whole(_, var number) -> text.append(number);
      case Json.Flag(_, var isSet) -> text.append(isSet);
    }
  }

  private void quote(String value) {
    text.append('"');
    for (var at = 0; at < value.length(); at++) {
      var letter = value.charAt(at);
      switch (letter) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        default -> {
          if (letter < ' ' || letter == 0x7f) {
            text.append("\\u%04x".formatted((int) letter));
          } else {
            text.append(letter);
          }
        }
      }
    }
    text.append('"');
  }
}
