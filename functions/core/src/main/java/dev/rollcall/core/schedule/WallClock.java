package dev.rollcall.core.schedule;

import dev.rollcall.core.zone.Zones;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The clock on the wall of a zone, which daylight saving sets forward (a gap of times that are
/// never shown) and back (an overlap of times that are shown twice).
record WallClock(ZoneId zone) {

  /// The first whole second after `after` on this clock, as if the clock were not changed in
  /// between.
  LocalDateTime secondBehind(Instant after) {
    return Zones.local(after, zone).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
  }

  /// The first wall time whose first showing is after `after`. Within the second pass of an overlap
  /// that is the overlap's end.
  private LocalDateTime firstShownBehind(Instant after) {
    var time = secondBehind(after);
    var change = change(time);
    return change != null && change.isOverlap() && !after.isBefore(change.getInstant())
        ? change.getDateTimeBefore()
        : time;
  }

  /// The change of the clock within whose gap or overlap a wall time lies.
  private @Nullable ZoneOffsetTransition change(LocalDateTime time) {
    return Zones.rules(zone).getTransition(time);
  }

  /// When a wall time is first shown; for one in a gap, when the clock jumps over it.
  private Instant firstShown(LocalDateTime time) {
    var change = change(time);
    if (change == null) {
      return time.toInstant(Zones.rules(zone).getOffset(time));
    }
    return change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetBefore());
  }

  /// The first match after `after` among times that each count once: at their first showing.
  Optional<Instant> firstOnce(LocalTimes times, Instant after, LocalDateTime until) {
    return times.first(firstShownBehind(after), until).map(this::firstShown);
  }

  /// The first match after `after` among times that count once and only when they are shown.
  Optional<Instant> firstOnceIfShown(LocalTimes times, Instant after, LocalDateTime until) {
    var found = times.first(firstShownBehind(after), until);
    while (found.isPresent()) {
      var change = change(found.get());
      if (change == null || change.isOverlap()) {
        return found.map(this::firstShown);
      }
      found = times.first(change.getDateTimeAfter(), until);
    }
    return Optional.empty();
  }

  /// The first match after `after` among times that count whenever they are shown: never in a gap,
  /// twice in an overlap.
  Optional<Instant> firstWheneverShown(LocalTimes times, Instant after, LocalDateTime until) {
    var rules = Zones.rules(zone);
    var instant = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    while (true) {
      ZoneOffset offset = rules.getOffset(instant);
      var change = rules.nextTransition(instant);
      var end =
          change == null || change.getDateTimeBefore().isAfter(until)
              ? until
              : change.getDateTimeBefore();
      var found =
          times.first(LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset), end);
      if (found.isPresent()) {
        return found.map(time -> time.toInstant(offset));
      }
      if (change == null || end.equals(until)) {
        return Optional.empty();
      }
      instant = change.getInstant();
    }
  }
}
