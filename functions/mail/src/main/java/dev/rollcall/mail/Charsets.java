package dev.rollcall.mail;

import com.beetstra.jutf7.CharsetProvider;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Character sets by all the names that mails have for them. Where a set of the web is a superset
/// of the one that is named, that is meant: programs write characters that only it has.
final class Charsets {

  /// What mail without a good word about its characters is in, where it is not UTF-8.
  static final Charset WESTERN = Charset.forName("windows-1252");

  /// With the characters that NEC and IBM added.
  static final Charset JAPANESE_BY_ESCAPES = Charset.forName("x-windows-iso2022jp");

  private static final Charset UTF_7 = new CharsetProvider().charsetForName("UTF-7");

  /// Windows writes how it switches back to ASCII into the name: `_iso-2022-jp$ESC`.
  private static final Pattern DECORATION = Pattern.compile("^_|\\$(esc|sio)$");

  /// An I or E at the end says in which order the letters of a line are.
  private static final Pattern ISO =
      Pattern.compile("(?:cs)?iso[-_ ]?8859[-_ ]?([0-9]{1,2})(?:[-_ ]?[ie])?");

  private static final Pattern CODE_PAGE =
      Pattern.compile("(?:x-)?(?:cp|ibm|dos|oem|windows|win|ms|ansi)?[-_ ]?([0-9]{3,5})");

  private static final Pattern APPLE = Pattern.compile("(?:x-)?mac(?:intosh|os)?[-_ ]?(.*)");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("latin1", "windows-1252"),
          Map.entry("latin-1", "windows-1252"),
          Map.entry("ansi", "windows-1252"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
          Map.entry("iso-2022-jp-1", "ISO-2022-JP-2"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601", "x-windows-949"),
          Map.entry("ksc5601", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("unicode-1-1-utf-8", "UTF-8"),
          Map.entry("x-unicode-2-0-utf-8", "UTF-8"),
          Map.entry("utf-8-sig", "UTF-8"),
          Map.entry("utf8mb4", "UTF-8"),
          Map.entry("unicode", "UTF-16"),
          Map.entry("ucs-2", "UTF-16"));

  private static final Map<String, String> BY_NUMBER =
      Map.of(
          "874", "x-windows-874",
          "932", "windows-31j",
          "936", "GB18030",
          "949", "x-windows-949",
          "950", "x-windows-950",
          "10000", "x-MacRoman",
          "20866", "KOI8-R",
          "21866", "KOI8-U",
          "65000", "UTF-7",
          "65001", "UTF-8");

  private static final Map<String, String> BY_PART =
      Map.of("1", "windows-1252", "9", "windows-1254", "11", "x-windows-874");

  private static final Map<String, String> BY_SCRIPT =
      Map.of(
          "", "Roman",
          "roman", "Roman",
          "ce", "CentralEurope",
          "centraleurroman", "CentralEurope",
          "ukrainian", "Ukraine");

  /// No name is longer.
  private static final int LONGEST = 60;

  private Charsets() {}

  /// @param name as the mail has it, in whatever case
  /// @return empty where nobody knows it
  static Optional<Charset> named(String name) {
    var plain = name.strip().replaceAll("^[\"']|[\"']$", "").toLowerCase(Locale.ROOT);
    return known(DECORATION.matcher(plain).replaceAll(""));
  }

  private static Optional<Charset> known(String name) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    if (name.contains("utf-7") || name.contains("utf7")) {
      return Optional.of(UTF_7);
    }
    return iso(name)
        .or(() -> java(NAMES.getOrDefault(name, name)))
        .or(() -> codePage(name))
        .or(() -> apple(name))
        .or(() -> name.startsWith("x-") ? known(name.substring(2)) : Optional.empty())
        .or(() -> name.indexOf('_') >= 0 ? known(name.replace('_', '-')) : Optional.empty());
  }

  private static Optional<Charset> iso(String name) {
    var iso = ISO.matcher(name);
    if (!iso.matches()) {
      return Optional.empty();
    }
    var part = iso.group(1);
    return java(BY_PART.getOrDefault(part, "ISO-8859-" + part));
  }

  private static Optional<Charset> codePage(String name) {
    var page = CODE_PAGE.matcher(name);
    if (!page.matches()) {
      return Optional.empty();
    }
    var number = page.group(1);
    var known = BY_NUMBER.get(number);
    if (known != null) {
      return known.equals("UTF-7") ? Optional.of(UTF_7) : java(known);
    }
    return java("windows-" + number)
        .or(() -> java("IBM" + number))
        .or(() -> java("x-IBM" + number));
  }

  private static Optional<Charset> apple(String name) {
    var script = APPLE.matcher(name);
    return script.matches()
        ? java("x-Mac" + BY_SCRIPT.getOrDefault(script.group(1), script.group(1)))
        : Optional.empty();
  }

  private static Optional<Charset> java(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
