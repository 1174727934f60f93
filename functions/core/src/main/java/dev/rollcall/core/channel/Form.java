package dev.rollcall.core.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Settings that are what their fields ask for. The one place that judges values by the type of
/// their field.
final class Form {

  /// One address, as people have them: no quoted local parts, no display name, no comments.
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[\\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?");

  /// A token of RFC 9110, section 5.6.2.
  private static final Pattern TOKEN = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");

  /// Headers that say how the message travels: the sender writes them.
  private static final Set<String> TRANSPORT =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Map<String, Object> values;

  private Form(Map<String, Object> values) {
    this.values = values;
  }

  /// Reads `settings` by `fields`, and what is right by `reading`.
  static <S> Reading<S> read(
      List<Field> fields, Map<String, Object> settings, Function<Form, Reading<S>> reading) {
    var values = new LinkedHashMap<String, Object>();
    for (var field : fields) {
      var value = settings.getOrDefault(field.name(), field.initial());
      var fault = fault(field, value);
      if (fault.isPresent()) {
        return new Reading.Invalid<>(field.name(), fault.get());
      }
      values.put(field.name(), value);
    }
    return reading.apply(new Form(values));
  }

  /// What is wrong with new settings besides what would be wrong with stored ones.
  static <S> Optional<Reading<S>> refusal(List<Field> fields, Map<String, Object> settings) {
    return fields.stream()
        .<Reading<S>>flatMap(field ->
            newFault(field, settings.getOrDefault(field.name(), field.initial())).stream()
                .map(fault -> new Reading.Invalid<>(field.name(), fault)))
        .findFirst();
  }

  String text(String name) {
    return (String) value(name);
  }

  boolean flag(String name) {
    return (Boolean) value(name);
  }

  Map<String, String> headers(String name) {
    var headers = new LinkedHashMap<String, String>();
    ((Map<?, ?>) value(name)).forEach((key, text) -> headers.put(key.toString(), text.toString()));
    return headers;
  }

  private Object value(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no field " + name);
    }
    return value;
  }

  private static Optional<String> fault(Field field, Object value) {
    return switch (field.type()) {
      case TEXT, TEXTAREA -> textFault(field, value, _ -> Optional.empty());
      case EMAIL -> textFault(field, value, Form::addressFault);
      case URL -> textFault(field, value, Form::urlFault);
      case SELECT -> textFault(field, value, text -> choiceFault(field, text));
      case CHECKBOX ->
          value instanceof Boolean ? Optional.empty() : Optional.of("is not yes or no");
      case NUMBER -> value instanceof Number ? Optional.empty() : Optional.of("is not a number");
      case HEADERS ->
          value instanceof Map<?, ?> map
              ? headersFault(map)
              : Optional.of("is not a list of headers");
    };
  }

  private static Optional<String> newFault(Field field, Object value) {
    return switch (field.type()) {
      case URL -> textFault(field, value, WebAddress::fault);
      case HEADERS -> value instanceof Map<?, ?> map ? sizeFault(field, map) : Optional.empty();
      case TEXT, TEXTAREA, EMAIL, SELECT, CHECKBOX, NUMBER -> Optional.empty();
    };
  }

  private static Optional<String> sizeFault(Field field, Map<?, ?> headers) {
    var size =
        headers.entrySet().stream()
            .mapToInt(header ->
                String.valueOf(header.getKey()).length()
                    + String.valueOf(header.getValue()).length())
            .sum();
    return size > field.limit()
        ? Optional.of("has more than " + field.limit() + " characters in all names and values")
        : Optional.empty();
  }

  private static Optional<String> textFault(
      Field field, Object value, Function<String, Optional<String>> more) {
    if (!(value instanceof String text)) {
      return Optional.of("is not a text");
    }
    if (text.length() > field.limit()) {
      return Optional.of("is longer than " + field.limit() + " characters");
    }
    if (text.isEmpty()) {
      return field.required() ? Optional.of("is empty") : Optional.empty();
    }
    return more.apply(text);
  }

  private static Optional<String> addressFault(String text) {
    return ADDRESS.matcher(text).matches()
        ? Optional.empty()
        : Optional.of("is not an e-mail address");
  }

  private static Optional<String> urlFault(String text) {
    return WebAddress.read(text).isPresent()
        ? Optional.empty()
        : Optional.of("is not an address that begins with http:// or https:// and a host");
  }

  private static Optional<String> choiceFault(Field field, String text) {
    return field.options().contains(text)
        ? Optional.empty()
        : Optional.of("is none of " + String.join(", ", field.options()));
  }

  private static Optional<String> headersFault(Map<?, ?> headers) {
    for (var header : headers.entrySet()) {
      if (!(header.getKey() instanceof String name) || !TOKEN.matcher(name).matches()) {
        return Optional.of("has a name that no header can have");
      }
      if (TRANSPORT.contains(name.toLowerCase(Locale.ROOT))) {
        return Optional.of("has " + name + ", which the sender writes itself");
      }
      if (!(header.getValue() instanceof String text) || text.chars().anyMatch(Form::isControl)) {
        return Optional.of("has a value that no header can have");
      }
    }
    return Optional.empty();
  }

  private static boolean isControl(int character) {
    return Character.isISOControl(character) && character != '\t';
  }
}
