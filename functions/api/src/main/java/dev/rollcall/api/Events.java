package dev.rollcall.api;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Stores;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that happened to a check, in one list: what it heard, what it became, who was told.
record Events(Stores stores, Pings pings, Flips flips) {
  private static final int MOST = 1000;
  private static final int USUAL = 100;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  /// The newest events, newest first; of those at the same instant the consequence first.
  ///
  /// The query parameter `limit` is how many at most: 1 to 1000, and 100 when it is left out.
  Answer list(Call call, CheckRecord record) {
    var asked = call.parameter("limit").orElse(Integer.toString(USUAL));
    var limit = NUMBER.matcher(asked).matches() ? Integer.parseInt(asked) : 0;
    if (limit < 1 || limit > MOST) {
      return new Problem.BadQuery();
    }
    return Answer.ok(
        Map.of(
            "events",
            Stream.of(
                    notifications(record, limit),
                    flips.newest(record, limit).stream().map(Events::show).toList(),
                    pings(call, record, limit))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Event::at).reversed())
                .limit(limit)
                .map(Event::fields)
                .toList()));
  }

  private record Event(Instant at, Map<String, @Nullable Object> fields) {}

  private List<Event> pings(Call call, CheckRecord record, int limit) {
    var newest = pings.newest(call, record, limit);
    var durations = Pings.durations(newest);
    return newest.stream().map(ping -> show(call, ping, durations.get(ping.number()))).toList();
  }

  private Event show(Call call, Ping ping, @Nullable Double duration) {
    var source = ping.source();
    var run = ping.signal().run();
    return new Event(
        ping.at(),
        new Document()
            .with("type", "ping")
            .with("kind", Pings.word(ping.signal()))
            .with("n", ping.number())
            .with("at", Pings.timestamp(ping.at()))
            .with("scheme", source.scheme())
            .with("method", source.method())
            .with("remote_addr", source.address())
            .with("ua", source.agent())
            .with("rid", run == null ? null : run.toString())
            .with("exit_status", ping.exitStatus())
            .with("duration", duration)
            .with("body_url", pings.bodyUrl(ping, call.version()))
            .with("subject", ping.mail() == null ? null : ping.mail().subject())
            .with("text_url", pings.textUrl(ping))
            .fields());
  }

  private static Event show(Flip flip) {
    return new Event(
        flip.at(),
        new Document()
            .with("type", "flip")
            .with("at", Pings.timestamp(flip.at()))
            .with("from", CheckDocument.word(flip.from()))
            .with("to", CheckDocument.word(flip.to()))
            .with("reason", flip.reason() == null ? null : word(flip.reason()))
            .fields());
  }

  private List<Event> notifications(CheckRecord record, int limit) {
    var newest =
        stores.log().notifications(record.item().check().id()).stream()
            .sorted(Comparator.comparing(Notification::at).reversed())
            .limit(limit)
            .toList();
    var channels =
        stores.integrations().readable(newest.stream().map(Notification::channel).toList()).stream()
            .collect(Collectors.toMap(Integration::id, Function.identity()));
    return newest.stream().map(told -> show(told, channels.get(told.channel()))).toList();
  }

  /// @param channel null when it has been deleted since
  private static Event show(Notification told, @Nullable Integration channel) {
    return new Event(
        told.at(),
        new Document()
            .with("type", "notification")
            .with("at", Pings.timestamp(told.at()))
            .with("channel", told.channel().toString())
            .with("channel_name", channel == null ? "" : channel.name())
            .with("kind", channel == null ? "" : channel.kind())
            .with("outcome", told.outcome().name().toLowerCase(Locale.ROOT))
            .with("error", told.error())
            .fields());
  }

  private static String word(Reason reason) {
    return switch (reason) {
      case TIMEOUT -> "timeout";
      case FAILURE -> "fail";
      case UNKNOWN -> "unknown";
    };
  }
}
