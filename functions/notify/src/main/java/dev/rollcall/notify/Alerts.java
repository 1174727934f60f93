package dev.rollcall.notify;

import dev.rollcall.core.channel.Alert;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.Site;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.LogStore.FlipId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gathers what a message about flips may say.
record Alerts(LogStore log, Site site) {

  /// How many pings may have come between a deadline and the sweep that finds it missed.
  private static final int AFTER_THE_DEADLINE = 20;

  /// What is to be told, or why there is nothing.
  sealed interface Found {
    record Some(Alert alert) implements Found {}

    record Nothing(String reason) implements Found {}
  }

  /// @param numbers of flips of the check, at least one. Of several one alert counts them
  Found about(CheckId check, Collection<Long> numbers, Briefing briefing, Instant now) {
    var known = flips(check, numbers, briefing);
    var flips = known.stream().filter(Flip::isNews).toList();
    if (flips.isEmpty()) {
      return new Found.Nothing(
          known.isEmpty() ? "the log has no such flip" : "nobody is told of such a change");
    }
    return briefing
        .check(check)
        .<Found>map(found -> {
          var item = found.item();
          var last = flips.getLast();
          var subject =
              new Alert.Subject(
                  item.check(),
                  found.details(),
                  briefing.projectName(item.check().project()),
                  site,
                  ping(last, briefing),
                  now);
          return new Found.Some(
              flips.size() > 1 ? several(subject, flips) : single(subject, last, item));
        })
        .orElseGet(() -> new Found.Nothing("the check was deleted"));
  }

  Alert test(Integration integration, Briefing briefing, Instant now) {
    var project = integration.project();
    return Alert.test(project, briefing.projectName(project), site, now);
  }

  private List<Flip> flips(CheckId check, Collection<Long> numbers, Briefing briefing) {
    var found =
        numbers.size() == 1
            ? numbers.stream().flatMap(number -> briefing.flip(check, number).stream())
            : log
                .flips(
                    numbers.stream()
                        .map(number -> new FlipId(check, number))
                        .collect(Collectors.toSet()))
                .stream();
    return found.sorted(Comparator.comparingLong(Flip::number)).toList();
  }

  private Alert single(Alert.Subject subject, Flip flip, CheckItem item) {
    return flip.to() == Status.DOWN
        ? new Alert.WentDown(subject, flip, upAgain(flip, item))
        : new Alert.CameUp(subject, flip, downSince(flip));
  }

  private static Alert several(Alert.Subject subject, List<Flip> flips) {
    var last = flips.getLast();
    var falls = (int) flips.stream().filter(flip -> flip.to() == Status.DOWN).count();
    return new Alert.Several(
        subject,
        last,
        flips.reversed().stream().filter(flip -> flip.to() != last.to()).findFirst().orElse(null),
        falls,
        flips.size() - falls,
        flips.getFirst().at());
  }

  /// The newest ping by the time of the flip. A log entry or a start may come after the deadline
  /// and before the sweep: it is not what the flip is about.
  private static @Nullable Ping ping(Flip flip, Briefing briefing) {
    for (var number = flip.ping(); number > flip.ping() - AFTER_THE_DEADLINE; number--) {
      var ping = number > 0 ? briefing.ping(flip.check(), number).orElse(null) : null;
      if (ping == null || !ping.at().isAfter(flip.at())) {
        return ping;
      }
    }
    return null;
  }

  /// When an outage ended that is over by now.
  private @Nullable Instant upAgain(Flip down, CheckItem item) {
    var next = down.number() + 1;
    if (item.check().flips() < next) {
      return null;
    }
    return item.untold().stream()
        .filter(flip -> flip.number() == next)
        .findFirst()
        .or(() -> log.flip(down.check(), next))
        .filter(flip -> flip.to() == Status.UP)
        .map(Flip::at)
        .orElse(null);
  }

  private @Nullable Instant downSince(Flip up) {
    return log.flip(up.check(), up.number() - 1)
        .filter(flip -> flip.to() == Status.DOWN)
        .map(Flip::at)
        .orElse(null);
  }
}
