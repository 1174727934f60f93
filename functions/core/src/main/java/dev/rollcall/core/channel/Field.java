package dev.rollcall.core.channel;

import java.util.List;

/// One thing that a channel asks of whoever sets it up.
///
/// @param name its key in the settings
/// @param label what a form calls it
/// @param options what may be chosen, for a [Type#SELECT]; else empty
/// @param initial its value where none is given: a text, a boolean, a number or a map
/// @param limit how many characters a text may have; or all names and values of headers together,
///   when they are new
/// @param required a text may not be empty
/// @param secret not to be shown to everybody who may see the integration
/// @param help a sentence about it; may be empty
public record Field(
    String name,
    String label,
    Type type,
    List<String> options,
    Object initial,
    int limit,
    boolean required,
    boolean secret,
    String help) {

  /// What kind of value it takes. [#HEADERS] is a map of header names to values, [#CHECKBOX] a
  /// boolean, [#NUMBER] a number; the others are texts.
  public enum Type {
    EMAIL,
    URL,
    TEXT,
    TEXTAREA,
    SELECT,
    CHECKBOX,
    NUMBER,
    HEADERS
  }

  /// How long a text may be unless the field says otherwise, as in the reference.
  public static final int LIMIT = 1000;

  public Field {
    options = List.copyOf(options);
  }

  static Field of(String name, String label, Type type, Object initial) {
    return new Field(name, label, type, List.of(), initial, LIMIT, false, false, "");
  }

  static Field choice(String name, String label, List<String> options) {
    return new Field(name, label, Type.SELECT, options, options.getFirst(), LIMIT, true, false, "");
  }

  Field asRequired() {
    return new Field(name, label, type, options, initial, limit, true, secret, help);
  }

  Field asSecret() {
    return new Field(name, label, type, options, initial, limit, required, true, help);
  }

  Field withLimit(int characters) {
    return new Field(name, label, type, options, initial, characters, required, secret, help);
  }

  Field withHelp(String sentence) {
    return new Field(name, label, type, options, initial, limit, required, secret, sentence);
  }
}
