package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.Site;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Stores;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pings of a check.
record Pings(Stores stores, Site site) {

  /// The most that one answer shows.
  private static final int MOST = 1000;

  /// A run that took longer is not shown with its duration, as in the reference.
  private static final Duration LONGEST_RUN = Duration.ofDays(3);

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// The newest pings, newest first.
  Answer list(Call call, CheckRecord record) {
    var pings = newest(call, record, MOST);
    var durations = durations(pings);
    return Answer.ok(
        Map.of(
            "pings",
            pings.stream()
                .map(ping -> show(ping, durations.get(ping.number()), call.version()))
                .toList()));
  }

  /// The body of one ping, as it came.
  Answer body(Call call, CheckRecord record) {
    var number = Long.parseLong(call.variable("number"));
    return Optional.of(number)
        .filter(wanted -> wanted > hidden(call, record))
        .flatMap(wanted -> stores.log().ping(record.item().check().id(), wanted))
        .map(Ping::body)
        .filter(body -> !body.isEmpty())
        .<Answer>map(body -> new Answer.Bytes(Answer.Text.PLAIN, body))
        .orElseGet(Problem.NoSuchPage::new);
  }

  /// What a mail says: its text, decoded. Its body is the raw message.
  Answer text(Call call, CheckRecord record) {
    var number = Long.parseLong(call.variable("number"));
    return Optional.of(number)
        .filter(wanted -> wanted > hidden(call, record))
        .flatMap(wanted -> stores.log().ping(record.item().check().id(), wanted))
        .flatMap(ping -> Optional.ofNullable(ping.mail()))
        .<Answer>map(mail ->
            new Answer.Bytes(
                Answer.Text.PLAIN, Body.of(mail.text().getBytes(StandardCharsets.UTF_8))))
        .orElseGet(Problem.NoSuchPage::new);
  }

  /// The newest pings that are shown at all, newest first.
  List<Ping> newest(Call call, CheckRecord record, int limit) {
    return stores.log().pings(record.item().check().id(), hidden(call, record), limit);
  }

  /// Pings up to this number are not shown: the project's limit is reached by newer ones.
  private long hidden(Call call, CheckRecord record) {
    var limit = stores.projects().find(call.project()).map(Project::pingLogLimit).orElse(0);
    return Math.max(0, record.item().check().pings() - limit);
  }

  private Map<String, @Nullable Object> show(Ping ping, @Nullable Double duration, int version) {
    var source = ping.source();
    var run = ping.signal().run();
    var document =
        new Document()
            .with("type", word(ping.signal()))
            .with("date", timestamp(ping.at()))
            .with("n", ping.number())
            .with("scheme", source.scheme())
            .with("remote_addr", source.address())
            .with("method", source.method())
            .with("ua", source.agent())
            .with("rid", run == null ? null : run.toString())
            .with("body_url", bodyUrl(ping, version));
    return duration == null ? document.fields() : document.with("duration", duration).fields();
  }

  @Nullable String bodyUrl(Ping ping, int version) {
    return ping.body().isEmpty()
        ? null
        : "%s/api/v%d/checks/%s/pings/%d/body"
            .formatted(site.root(), version, ping.check(), ping.number());
  }

  @Nullable String textUrl(Ping ping) {
    return ping.mail() == null
        ? null
        : "%s/api/rollcall/v1/checks/%s/pings/%d/text"
            .formatted(site.root(), ping.check(), ping.number());
  }

  /// How long the runs took that these pings ended, in seconds, by the number of the ping. A ping
  /// ends the run that was started under the same id, or both without one.
  static Map<Long, Double> durations(List<Ping> newestFirst) {
    var starts = new HashMap<@Nullable RunId, Instant>();
    var durations = new HashMap<Long, Double>();
    for (var ping : newestFirst.reversed()) {
      switch (ping.signal()) {
        case Signal.Start(var run) -> starts.put(run, ping.at());
        case Signal.Success(var run) -> end(starts.remove(run), ping, durations);
        case Signal.Failure(var run) -> end(starts.remove(run), ping, durations);
        case Signal.Log _, Signal.Ignored _, Signal.Unknown _ -> {}
      }
    }
    return durations;
  }

  static String word(Signal signal) {
    return switch (signal) {
      case Signal.Start _ -> "start";
      case Signal.Success _ -> "success";
      case Signal.Failure _ -> "fail";
      case Signal.Log _ -> "log";
      case Signal.Ignored _ -> "ign";
      case Signal.Unknown _ -> "unknown";
    };
  }

  /// An instant with microseconds, as the reference writes it where it matters in which order
  /// things happened.
  static String timestamp(Instant instant) {
    return MICROS.format(instant);
  }

  private static void end(@Nullable Instant start, Ping ping, Map<Long, Double> durations) {
    if (start != null && Duration.between(start, ping.at()).compareTo(LONGEST_RUN) < 0) {
      var millis = Duration.between(start, ping.at()).toMillis();
      var seconds = BigDecimal.valueOf(millis, 3).setScale(2, RoundingMode.HALF_UP);
      durations.put(ping.number(), seconds.doubleValue());
    }
  }
}
