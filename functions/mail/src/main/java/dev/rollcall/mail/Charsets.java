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

  /// Its decoder fails at bytes that are more than ASCII.
  static final Charset UTF_7 = new CharsetProvider().charsetForName("UTF-7");

  /// Windows writes how it switches back to ASCII into the name: `_iso-2022-jp$ESC`.
  private static final Pattern DECORATION = Pattern.compile("^_|\\$(esc|sio)$");

  /// An I or E at the end says in which order the letters of a line are; a year, which edition of
  /// the standard it is.
  private static final Pattern ISO =
      Pattern.compile(
          "(?:(?:cs|x-)?iso[-_ ]?)?8859[-_ ]?([0-9]{1,2})(?:[-_ ]?[ie]|[-_:][0-9]{4})?");

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
          Map.entry("shiftjis", "windows-31j"),
          Map.entry("s-jis", "windows-31j"),
          Map.entry("ms_kanji", "windows-31j"),
          Map.entry("ms-kanji", "windows-31j"),
          Map.entry("mskanji", "windows-31j"),
          Map.entry("shift_jisx0213", "x-SJIS_0213"),
          Map.entry("shift_jis-2004", "x-SJIS_0213"),
          Map.entry("ujis", "EUC-JP"),
          Map.entry("u-jis", "EUC-JP"),
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("chinese", "GB18030"),
          Map.entry("csiso58gb231280", "GB18030"),
          Map.entry("iso-ir-58", "GB18030"),
          Map.entry("gb18030-2000", "GB18030"),
          Map.entry("gb18030-2005", "GB18030"),
          Map.entry("big5-tw", "x-windows-950"),
          Map.entry("hkscs", "Big5-HKSCS"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601-1989", "x-windows-949"),
          Map.entry("ks_c_5601", "x-windows-949"),
          Map.entry("ks-c-5601-1987", "x-windows-949"),
          Map.entry("ks_x_1001", "x-windows-949"),
          Map.entry("ksx1001", "x-windows-949"),
          Map.entry("ksc5601", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("uhc", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("iso2022-kr", "ISO-2022-KR"),
          Map.entry("latin7", "ISO-8859-13"),
          Map.entry("l7", "ISO-8859-13"),
          Map.entry("elot-928", "ISO-8859-7"),
          Map.entry("thai", "x-windows-874"),
          Map.entry("iso-ir-166", "x-windows-874"),
          Map.entry("csibm855", "IBM855"),
          Map.entry("csibm858", "IBM00858"),
          Map.entry("cspc775baltic", "IBM775"),
          Map.entry("unicode-1-1-utf-8", "UTF-8"),
          Map.entry("x-unicode-2-0-utf-8", "UTF-8"),
          Map.entry("utf-8-sig", "UTF-8"),
          Map.entry("utf8mb4", "UTF-8"),
          Map.entry("utf-16-le", "UTF-16LE"),
          Map.entry("utf-16-be", "UTF-16BE"),
          Map.entry("unicode", "UTF-16"),
          Map.entry("ucs-2", "UTF-16"));

  private static final Map<String, String> BY_NUMBER =
      Map.ofEntries(
          Map.entry("874", "x-windows-874"),
          Map.entry("932", "windows-31j"),
          Map.entry("936", "GB18030"),
          Map.entry("949", "x-windows-949"),
          Map.entry("950", "x-windows-950"),
          Map.entry("1361", "x-Johab"),
          Map.entry("10000", "x-MacRoman"),
          Map.entry("20866", "KOI8-R"),
          Map.entry("20932", "EUC-JP"),
          Map.entry("21866", "KOI8-U"),
          Map.entry("50220", "x-windows-iso2022jp"),
          Map.entry("50221", "x-windows-iso2022jp"),
          Map.entry("50222", "x-windows-iso2022jp"),
          Map.entry("50225", "ISO-2022-KR"),
          Map.entry("51932", "EUC-JP"),
          Map.entry("51936", "GB18030"),
          Map.entry("51949", "x-windows-949"),
          Map.entry("54936", "GB18030"),
          Map.entry("65000", "UTF-7"),
          Map.entry("65001", "UTF-8"));

  private static final Map<String, String> BY_PART =
      Map.of("1", "windows-1252", "9", "windows-1254", "11", "x-windows-874");

  private static final Map<String, String> BY_SCRIPT =
      Map.of(
          "", "Roman",
          "roman", "Roman",
          "ce", "CentralEurope",
          "centraleurroman", "CentralEurope",
          "centraleurope", "CentralEurope",
          "centeuro", "CentralEurope",
          "latin2", "CentralEurope",
          "ukrainian", "Ukraine");

  /// Apple's sets that the JDK does not know, as those of which they are supersets.
  private static final Map<String, String> EASTERN_OF_APPLE =
      Map.of(
          "japanese", "windows-31j",
          "korean", "x-windows-949",
          "simp-chinese", "GB18030",
          "chinesesimp", "GB18030",
          "trad-chinese", "x-windows-950",
          "chinesetrad", "x-windows-950");

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
    // Numbers first: by `cp932` the JDK means one that nobody writes mails in.
    return iso(name)
        .or(() -> Optional.ofNullable(NAMES.get(name)).flatMap(Charsets::java))
        .or(() -> codePage(name))
        .or(() -> java(name))
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
    var apple = APPLE.matcher(name);
    if (!apple.matches()) {
      return Optional.empty();
    }
    var script = apple.group(1);
    return java(
        EASTERN_OF_APPLE.getOrDefault(script, "x-Mac" + BY_SCRIPT.getOrDefault(script, script)));
  }

  private static Optional<Charset> java(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
