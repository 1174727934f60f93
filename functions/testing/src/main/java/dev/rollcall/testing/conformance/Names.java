package dev.rollcall.testing.conformance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the placeholders of a case stand for in this run, and the way back: an answer with
/// placeholders in place of what differs from run to run.
final class Names {
  private static final String ZERO = "00000000-0000-4000-8000-000000000000";
  private static final Set<String> FIXED =
      Set.of(
          ZERO,
          "11111111-1111-4111-8111-111111111111",
          "11111111-abcd-4111-8111-111111111111",
          "22222222-2222-4222-8222-222222222222");

  /// The placeholders that recorded answers use.
  private static final Set<String> SHOWN =
      Set.of(
          "rw",
          "ro",
          "pk",
          "pcode",
          "bk",
          "c",
          "d",
          "e",
          "c_uk",
          "d_uk",
          "e_uk",
          "c_upper",
          "ch1_upper",
          "ch1",
          "ch2",
          "ch3",
          "wh",
          "Orw",
          "Oro");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern AGO = Pattern.compile("\\{now-(\\d+)}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(?:\\+00:00|Z)");
  private static final Pattern QUOTED_INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d%3A\\d\\d%3A\\d\\d%2B00%3A00");
  private static final Pattern SIGNATURE =
      Pattern.compile("(/badge/[^/\"]+/)[A-Za-z0-9_-]{8}(?=(-2)?[./])");
  private static final Pattern SHA1 = Pattern.compile("\\b[0-9a-f]{40}\\b");
  private static final Pattern COUNTED =
      Pattern.compile("(\"(?:max_ping_id|max_notification_id|num_unprocessed_flips)\": ?)\\w+");
  private static final Pattern CHANNELS = Pattern.compile("(\"channels\": ?\")([^\"]*,[^\"]*)\"");

  private final Map<String, String> values = new HashMap<>();
  private final Service service;

  Names(Service service) {
    this.service = service;
    values.put("base", service.base());
    values.put("hook", service.listener());
  }

  String value(String name) {
    return values.getOrDefault(name, "");
  }

  /// Gives a placeholder its value, and others that follow from it.
  void put(String name, String value) {
    values.put(name, value);
    if (UUID.matcher(value).matches()) {
      var hex = value.replace("-", "");
      values.put(name + "_upper", value.toUpperCase(Locale.ROOT));
      values.put(name + "_hex", hex);
      values.put(name + "_uk", sha1(hex.substring(0, 16)));
    }
    switch (name) {
      case "pk" -> values.put("pk_upper", value.toUpperCase(Locale.ROOT));
      case "bu" -> putCheckBadges(value);
      case "svg" -> putProjectBadges(value);
      default -> {}
    }
  }

  /// A recorded value with this run's values for its placeholders.
  @Nullable Object fill(@Nullable Object recorded) {
    return switch (recorded) {
      case String text -> fill(text);
      case Map<?, ?> map -> {
        var filled = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, value) -> filled.put(key, fill(value)));
        yield filled;
      }
      case List<?> list -> list.stream().map(this::fill).toList();
      case null, default -> recorded;
    };
  }

  String fill(String recorded) {
    var filled =
        PLACEHOLDER
            .matcher(recorded)
            .replaceAll(found -> quote(values.getOrDefault(found.group(1), found.group())))
            .replace("{{", "{")
            .replace("}}", "}");
    return AGO.matcher(filled)
        .replaceAll(found ->
            Long.toString(service.now().getEpochSecond() - Long.parseLong(found.group(1))));
  }

  /// What was answered at `at`, with placeholders.
  String hide(String answered, Instant at) {
    var text = answered;
    for (var name : namesLongestFirst()) {
      text = text.replace(value(name), "{" + name + "}");
    }
    text = text.replace(service.base(), "{base}").replace(service.listener(), "{hook}");
    text = text.replace(service.base().replace(":", "%3A"), "{base-quoted}");
    text = SIGNATURE.matcher(text).replaceAll("$1<sig>");
    text = INSTANT.matcher(text).replaceAll(found -> quote(relative(found, at)));
    text = QUOTED_INSTANT.matcher(text).replaceAll("<dt-quoted>");
    text = UUID.matcher(text).replaceAll(found -> isFixed(found.group()) ? "$0" : "<uuid>");
    text = text.replaceAll("(\"ts\": ?)\\d+", "$1\"<ts>\"");
    text = COUNTED.matcher(text).replaceAll("$1\"<n>\"");
    text = SHA1.matcher(text).replaceAll(found -> isZero(found.group()) ? "$0" : "<sha1>");
    text = text.replaceAll("(\"duration\": ?)(\\d+)\\.\\d+", "$1\"<$2.xx>\"");
    return CHANNELS
        .matcher(text)
        .replaceAll(found -> quote(found.group(1) + sorted(found.group(2)) + "\""));
  }

  private List<String> namesLongestFirst() {
    return values.keySet().stream()
        .filter(SHOWN::contains)
        .filter(name -> value(name).length() >= 8)
        .sorted(
            Comparator.<String>comparingInt(name -> -value(name).length())
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static String relative(MatchResult found, Instant at) {
    var instant = OffsetDateTime.parse(found.group()).toInstant();
    var tens = Math.round(Duration.between(at, instant).toMillis() / 10_000.0) * 10;
    return "<dt%s%+ds>".formatted(found.group(1) == null ? "" : "us", tens);
  }

  private static boolean isFixed(String uuid) {
    return FIXED.contains(uuid);
  }

  private static boolean isZero(String sha1) {
    return sha1.chars().allMatch(character -> character == '0');
  }

  private static String sorted(String channels) {
    return Arrays.stream(channels.split(",", -1)).sorted().collect(Collectors.joining(","));
  }

  private void putCheckBadges(String url) {
    var three = url.replace("/b/2/", "/b/3/");
    values.put("bu3", three);
    values.put("bu7", url.replace("/b/2/", "/b/7/"));
    for (var format : List.of("json", "shields", "png")) {
      values.put("bu" + format, url.replace(".svg", "." + format));
      values.put("bu3" + format, three.replace(".svg", "." + format));
    }
  }

  private void putProjectBadges(String url) {
    values.put("svg_png", url.replace(".svg", ".png"));
    values.put("svg_longsig", url.replace("-2.svg", "ZZZ.svg"));
    values.put("svg_nodash", url.replace("-2.svg", ".svg"));
    values.put("svg_othertag", url.replace("-2.svg", "-2/prod.svg"));
  }

  private static String quote(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  private static String sha1(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-1", impossible);
    }
  }
}
