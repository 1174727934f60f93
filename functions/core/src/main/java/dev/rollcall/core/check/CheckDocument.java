package dev.rollcall.core.check;

import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Site;
import dev.rollcall.core.schedule.Cron;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.OnCalendar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A check as the management API shows it: a tree of JSON values, its keys in the order of the
/// reference.
public final class CheckDocument {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  /// About as many as a document has, so that none of a thousand grows while it is filled.
  private static final int FIELDS = 32;

  private CheckDocument() {}

  /// What the holder of a read-write key sees.
  ///
  /// @param version of the API, 1 to 3; only 1 has `started` as a status
  public static Map<String, @Nullable Object> whole(
      Check check, Details details, Site site, int version, Instant now) {
    var document = common(check, details, site, version, now);
    var self = site.root() + "/api/v" + version + "/checks/" + check.id();
    document.put("uuid", check.id().toString());
    document.put("ping_url", site.pingEndpoint() + check.id());
    document.put("update_url", self);
    document.put("pause_url", self + "/pause");
    document.put("resume_url", self + "/resume");
    document.put(
        "channels",
        details.channels().stream().map(ChannelId::toString).collect(Collectors.joining(",")));
    putSchedule(check, document);
    return document;
  }

  /// What the holder of a read-only key sees: nothing by which the check could be pinged.
  public static Map<String, @Nullable Object> readOnly(
      Check check, Details details, Site site, int version, Instant now) {
    var document = common(check, details, site, version, now);
    document.put("unique_key", uniqueKey(check.id()));
    putSchedule(check, document);
    return document;
  }

  /// The name of a check in read-only answers: tells nothing of its ping URL. The rule is the
  /// reference's: the SHA-1 of the first 16 hexadecimal digits of the id.
  public static String uniqueKey(CheckId id) {
    try {
      var hex = id.toString().replace("-", "").substring(0, 16);
      var digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(hex.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-1", impossible);
    }
  }

  /// An instant as the API writes it, without fractions of a second.
  public static String timestamp(Instant instant) {
    return SECONDS.format(instant.atOffset(ZoneOffset.UTC));
  }

  /// The status by the API's word.
  public static String word(Status status) {
    return status == Status.LATE ? "grace" : status.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, @Nullable Object> common(
      Check check, Details details, Site site, int version, Instant now) {
    var keywords = details.keywords();
    var rules = check.rules();
    var lastPing = check.state().lastPing();
    var document = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(FIELDS);
    document.put("name", details.name());
    document.put("slug", details.slug());
    document.put("tags", details.tags());
    document.put("desc", details.description());
    document.put("grace", check.grace().toSeconds());
    document.put("n_pings", check.pings());
    document.put("status", status(check, version, now));
    document.put("started", check.run() != null);
    document.put("last_ping", lastPing == null ? null : timestamp(lastPing));
    document.put("next_ping", check.expected().map(CheckDocument::timestamp).orElse(null));
    document.put("manual_resume", rules.manualResume());
    document.put("methods", rules.postOnly() ? "POST" : "");
    document.put("subject", details.filterSubject() ? keywords.success() : "");
    document.put("subject_fail", details.filterSubject() ? keywords.failure() : "");
    document.put("start_kw", keywords.start());
    document.put("success_kw", keywords.success());
    document.put("failure_kw", keywords.failure());
    document.put("filter_subject", details.filterSubject());
    document.put("filter_body", details.filterMailBody());
    document.put("filter_http_body", rules.filterBody());
    document.put("filter_default_fail", rules.failByDefault());
    document.put("badge_url", site.root() + "/b/2/" + details.badgeKey() + ".svg");
    if (check.lastDuration() != null) {
      document.put("last_duration", check.lastDuration().toSeconds());
    }
    return document;
  }

  private static String status(Check check, int version, Instant now) {
    return version == 1 && check.isRunning(now) ? "started" : word(check.status(now));
  }

  private static void putSchedule(Check check, Map<String, @Nullable Object> document) {
    switch (check.schedule()) {
      case Every(var period) -> document.put("timeout", period.toSeconds());
      case Cron cron -> {
        document.put("schedule", cron.expression());
        document.put("tz", cron.zone().getId());
      }
      case OnCalendar calendar -> {
        document.put("schedule", calendar.expression());
        document.put("tz", calendar.zone().getId());
      }
    }
  }
}
