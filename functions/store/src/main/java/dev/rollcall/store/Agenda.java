package dev.rollcall.store;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a channel has still to be told of a check, and how telling it has gone so far.
///
/// @param waiting the numbers of the flips that it has to be told
/// @param settled the number of the newest flip that is done with, as are all before it; 0 for none
/// @param failures how many tries have failed since the last that did not
/// @param sat how many failed tries each flip has waited through; 0 for one that is missing
/// @param singly how many flips were told one by one since last none waited
/// @param next when the next try is due; null when the last one did not fail
public record Agenda(
    SortedSet<Long> waiting,
    long settled,
    int failures,
    Map<Long, Integer> sat,
    int singly,
    @Nullable Instant next) {

  public Agenda {
    waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
    sat = Map.copyOf(sat);
  }

  /// How many failed tries a flip has waited through.
  public int sat(long flip) {
    return sat.getOrDefault(flip, 0);
  }

  /// After one more try that failed: all that wait have waited through it.
  public Agenda failed() {
    var more = waiting.stream().collect(toMap(flip -> flip, flip -> sat(flip) + 1));
    return new Agenda(waiting, settled, failures + 1, more, singly, next);
  }

  /// Without flips that are done with.
  public Agenda without(Collection<Long> flips) {
    var left = new TreeSet<>(waiting);
    left.removeAll(flips);
    var newest = flips.stream().mapToLong(Long::longValue).max().orElse(settled);
    var kept =
        sat.entrySet().stream()
            .filter(each -> left.contains(each.getKey()))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Agenda(left, Math.max(settled, newest), failures, kept, singly, next);
  }
}
