package dev.rollcall.ping.mime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Characters that HTML writes by name or number: all numbers, and the names that western text in
/// mail comes with.
final class Entities {
  /// The longest that is looked for, without the semicolon.
  static final int LONGEST = 12;

  /// Stands for what is no character.
  private static final int UNKNOWN = 0xFFFD;

  /// The names of the characters from 160 on.
  private static final String LATIN =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute"
          + " Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave"
          + " eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml"
          + " divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, Integer> NAMED = named();

  private Entities() {}

  /// The character of an entity.
  ///
  /// @param name without ampersand and semicolon
  static Optional<Integer> character(String name) {
    return name.startsWith("#")
        ? numbered(name.substring(1))
        : Optional.ofNullable(NAMED.get(name));
  }

  private static Optional<Integer> numbered(String number) {
    var radix = number.startsWith("x") || number.startsWith("X") ? 16 : 10;
    var digits = radix == 16 ? number.substring(1) : number;
    if (digits.isEmpty() || digits.chars().anyMatch(digit -> Character.digit(digit, radix) < 0)) {
      return Optional.empty();
    }
    var code = Long.parseLong(digits, radix);
    return Optional.of(code > 0 && code <= Character.MAX_CODE_POINT ? (int) code : UNKNOWN);
  }

  private static Map<String, Integer> named() {
    var named = new HashMap<String, Integer>();
    var code = 160;
    for (var name : LATIN.split(" ", -1)) {
      named.put(name, code++);
    }
    named.putAll(
        Map.of("amp", 0x26, "lt", 0x3C, "gt", 0x3E, "quot", 0x22, "apos", 0x27, "euro", 0x20AC));
    named.putAll(
        Map.of(
            "ndash", 0x2013,
            "mdash", 0x2014,
            "lsquo", 0x2018,
            "rsquo", 0x2019,
            "ldquo", 0x201C,
            "rdquo", 0x201D,
            "bdquo", 0x201E,
            "bull", 0x2022,
            "hellip", 0x2026,
            "trade", 0x2122));
    return named;
  }
}
