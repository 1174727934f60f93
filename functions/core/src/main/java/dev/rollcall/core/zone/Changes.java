package dev.rollcall.core.zone;

import static java.util.Comparator.comparingLong;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/// All changes of a zone's clock, worked out from its eras as `zic`, the compiler of the time zone
/// database, does it.
///
/// Rules that go on for ever are followed to the end of the year [#LAST_YEAR], behind which no
/// calendar goes. Instants are seconds since 1970, offsets are seconds ahead of UTC.
final class Changes {

  private static final int LAST_YEAR = 2199;

  /// The offset from an instant on.
  private final TreeMap<Long, Integer> offsets = new TreeMap<>();

  /// How far ahead of standard time the clock is where the eras followed so far end.
  private int saving;

  private Changes() {}

  /// The rules of a zone.
  ///
  /// @param eras in their order; all but the last have an end
  static ZoneRules of(List<Era> eras) {
    var changes = new Changes();
    long start = Long.MIN_VALUE;
    for (var era : eras) {
      changes.follow(era, start);
      start = changes.end(era);
    }
    return changes.rules();
  }

  /// When an era ends, as its clock is set then.
  private long end(Era era) {
    var end = era.end();
    return end == null ? Long.MAX_VALUE : end.local() - end.clock().ahead(era.standard(), saving);
  }

  private void follow(Era era, long start) {
    saving = era.saving();
    offsets.put(start, era.standard() + saving);
    int firstYear = LAST_YEAR;
    for (var rule : era.rules()) {
      firstYear = Math.min(firstYear, rule.first());
    }
    int lastYear = era.end() == null ? LAST_YEAR : era.end().year();
    for (int year = firstYear; year <= lastYear; year++) {
      follow(era, start, year);
    }
  }

  /// Follows the rules through a year. Those that came into force before the era did say how it
  /// begins.
  private void follow(Era era, long start, int year) {
    var left = new ArrayList<SavingRule.Change>();
    for (var rule : era.rules()) {
      if (rule.isFor(year)) {
        left.add(rule.in(year));
      }
    }
    while (!left.isEmpty()) {
      // When a change comes may depend on what the one before it set.
      var next = Collections.min(left, comparingLong(change -> at(change, era)));
      long at = at(next, era);
      if (at >= end(era)) {
        return;
      }
      left.remove(next);
      saving = next.saving();
      offsets.put(Math.max(start, at), era.standard() + saving);
    }
  }

  private long at(SavingRule.Change change, Era era) {
    return change.at(era.standard(), saving);
  }

  private ZoneRules rules() {
    var before = ZoneOffset.ofTotalSeconds(offsets.pollFirstEntry().getValue());
    var transitions = new ArrayList<ZoneOffsetTransition>();
    for (var change : offsets.entrySet()) {
      add(transitions, change.getKey(), ZoneOffset.ofTotalSeconds(change.getValue()), before);
    }
    return ZoneRules.of(before, before, List.of(), transitions, List.of());
  }

  /// Adds a change. A clock that changes again, before it has come as far as it was at the change
  /// before, has changed once: so it looks where an era and a rule end on the same night.
  private static void add(
      List<ZoneOffsetTransition> transitions, long at, ZoneOffset after, ZoneOffset first) {
    var last = transitions.isEmpty() ? null : transitions.getLast();
    var before = last == null ? first : last.getOffsetAfter();
    if (last != null
        && !LocalDateTime.ofEpochSecond(at, 0, before).isAfter(last.getDateTimeBefore())) {
      transitions.removeLast();
      addUnlessEqual(transitions, last.getDateTimeBefore(), last.getOffsetBefore(), after);
    } else {
      addUnlessEqual(transitions, LocalDateTime.ofEpochSecond(at, 0, before), before, after);
    }
  }

  private static void addUnlessEqual(
      List<ZoneOffsetTransition> transitions,
      LocalDateTime local,
      ZoneOffset before,
      ZoneOffset after) {
    if (!before.equals(after)) {
      transitions.add(ZoneOffsetTransition.of(local, before, after));
    }
  }
}
