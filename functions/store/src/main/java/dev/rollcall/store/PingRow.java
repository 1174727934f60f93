package dev.rollcall.store;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A ping as a log entry. An entry under 1 KB costs one write unit; a body is compressed where that
/// can save one.
final class PingRow {
  private static final String AT = "at";
  private static final String SIGNAL = "signal";
  private static final String RUN = "rid";
  private static final String EXIT_STATUS = "exit";
  private static final String SCHEME = "scheme";
  private static final String ADDRESS = "address";
  private static final String METHOD = "method";
  private static final String AGENT = "agent";
  private static final String SUBJECT = "subject";
  private static final String TEXT = "text";
  private static final String DEFLATED_TEXT = "deflatedText";

  private PingRow() {}

  static void write(Ping ping, Row row) {
    var source = ping.source();
    row.number(AT, Micros.of(ping.at()))
        .text(SIGNAL, word(ping.signal()))
        .text(RUN, ping.signal().run() == null ? null : ping.signal().run().toString())
        .number(EXIT_STATUS, ping.exitStatus() == null ? null : ping.exitStatus().longValue())
        .text(SCHEME, source.scheme())
        .text(ADDRESS, source.address())
        .text(METHOD, source.method())
        .text(AGENT, source.agent());
    BodyAttribute.write(ping.body(), row);
    var mail = ping.mail();
    if (mail != null) {
      var text = Body.of(mail.text().getBytes(StandardCharsets.UTF_8));
      row.text(SUBJECT, mail.subject());
      BodyAttribute.write(text, TEXT, DEFLATED_TEXT, row);
    }
  }

  static Ping read(CheckId check, long number, Row row) {
    var exitStatus = row.numberOrNull(EXIT_STATUS);
    return new Ping(
        check,
        number,
        Micros.instant(row.number(AT)),
        signal(row.text(SIGNAL), run(row)),
        exitStatus == null ? null : exitStatus.intValue(),
        new Ping.Source(
            row.text(SCHEME),
            row.textOrNull(ADDRESS),
            row.textOrEmpty(METHOD),
            row.textOrEmpty(AGENT)),
        BodyAttribute.read(row),
        mail(row));
  }

  /// Empty texts are not stored, so that a mail without any is as one that was logged without them.
  private static Ping.@Nullable Mail mail(Row row) {
    var subject = row.textOrEmpty(SUBJECT);
    var text = BodyAttribute.read(TEXT, DEFLATED_TEXT, row).text();
    return subject.isEmpty() && text.isEmpty() ? null : new Ping.Mail(subject, text);
  }

  private static String word(Signal signal) {
    return switch (signal) {
      case Signal.Start _ -> "start";
      case Signal.Success _ -> "success";
      case Signal.Failure _ -> "fail";
      case Signal.Log _ -> "log";
      case Signal.Ignored _ -> "ign";
      case Signal.Unknown _ -> throw new IllegalArgumentException("nothing to be written");
    };
  }

  private static Signal signal(String word, @Nullable RunId run) {
    return switch (word) {
      case "start" -> new Signal.Start(run);
      case "success" -> new Signal.Success(run);
      case "fail" -> new Signal.Failure(run);
      case "log" -> new Signal.Log(run);
      case "ign" -> new Signal.Ignored(run);
      default -> new Signal.Unknown(run);
    };
  }

  private static @Nullable RunId run(Row row) {
    var run = row.textOrNull(RUN);
    return run == null ? null : new RunId(UUID.fromString(run));
  }
}
