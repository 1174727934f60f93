package dev.rollcall.api;

import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Status;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Stores;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The flips of a check.
record Flips(Stores stores) {
  private static final long LATEST = 10_000_000_000L;
  private static final long LONGEST = 31_536_000;
  private static final int LONGEST_TEXT = 100;

  /// A whole number as the reference reads it: any script's digits, with underscores between them.
  /// The expression recurses, so that a text must not be [too long][#LONGEST_TEXT] for it.
  private static final Pattern INTEGER = Pattern.compile("(?U)\\s*([+-]?\\d(?:_?\\d)*)\\s*");

  /// A form's number field takes whole numbers in decimal notation too.
  private static final Pattern FRACTION = Pattern.compile("\\.0*\\s*$");

  /// The flips within a time span, newest first: of the last `seconds`, at or after `start`, before
  /// `end`, both in seconds since 1970.
  Answer list(Call call, CheckRecord record) {
    var seconds =
        call.parameter("seconds")
            .filter(text -> !text.isEmpty())
            .map(text -> FRACTION.matcher(text).replaceFirst(""));
    var span = number(seconds.orElse("0"), LONGEST);
    var start = number(call.parameter("start").orElse("0"), LATEST);
    var end = number(call.parameter("end").orElse(Long.toString(LATEST)), LATEST);
    if (span.isEmpty() || start.isEmpty() || end.isEmpty()) {
      return new Problem.BadQuery();
    }
    var since = span.getAsLong() == 0 ? Instant.EPOCH : call.now().minusSeconds(span.getAsLong());
    var from = Instant.ofEpochSecond(start.getAsLong());
    var until = Instant.ofEpochSecond(end.getAsLong());
    return Answer.ok(
        Map.of(
            "flips",
            newest(record, Integer.MAX_VALUE).stream()
                .filter(flip -> !flip.at().isBefore(since))
                .filter(flip -> !flip.at().isBefore(from))
                .filter(flip -> flip.at().isBefore(until))
                .map(Flips::show)
                .toList()));
  }

  /// The newest flips, newest first. Those that the log does not have yet are still with the check.
  List<Flip> newest(CheckRecord record, int limit) {
    var logged = stores.log().flips(record.item().check().id(), limit);
    var byNumber = new LinkedHashMap<Long, Flip>();
    Stream.concat(logged.stream(), record.item().untold().stream())
        .forEach(flip -> byNumber.put(flip.number(), flip));
    return byNumber.values().stream()
        .sorted(Comparator.comparingLong(Flip::number).reversed())
        .limit(limit)
        .toList();
  }

  private static Map<String, @Nullable Object> show(Flip flip) {
    return new Document()
        .with("timestamp", CheckDocument.timestamp(flip.at()))
        .with("up", flip.to() == Status.UP ? 1 : 0)
        .fields();
  }

  private static OptionalLong number(String text, long most) {
    var matcher = INTEGER.matcher(text);
    if (text.length() > LONGEST_TEXT || !matcher.matches()) {
      return OptionalLong.empty();
    }
    var value = new BigInteger(matcher.group(1).replace("_", ""));
    return value.signum() < 0 || value.compareTo(BigInteger.valueOf(most)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(value.longValue());
  }
}
