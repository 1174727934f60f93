package dev.rollcall.api;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Makes names fit for URLs, by the rule of Django's `slugify`, which the reference uses: accents
/// go, what is not ASCII goes, blanks become hyphens.
final class Slugs {
  private static final int LONGEST = 100;

  private static final Pattern NOT_ASCII = Pattern.compile("[^\\p{ASCII}]");
  private static final Pattern NOT_A_WORD = Pattern.compile("[^a-z0-9_\\s-]");
  private static final Pattern GAPS = Pattern.compile("[-\\s]+");
  private static final Pattern ENDS = Pattern.compile("^[-_]+|[-_]+$");

  private Slugs() {}

  static String of(String name) {
    var plain = NOT_ASCII.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    var words = NOT_A_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
    var slug = ENDS.matcher(GAPS.matcher(words).replaceAll("-")).replaceAll("");
    return slug.length() > LONGEST ? slug.substring(0, LONGEST) : slug;
  }
}
