package dev.rollcall.notify;

import dev.rollcall.core.channel.Alert;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.Site;
import dev.rollcall.store.LogStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gathers what a message about a flip may say.
record Alerts(LogStore log, Site site) {

  /// How many pings may have come between a deadline and the sweep that finds it missed.
  private static final int AFTER_THE_DEADLINE = 20;

  /// Empty when there is nothing to tell any more: the check is gone, or the flip, or it is no
  /// news.
  Optional<Alert> about(CheckId check, long number, Briefing briefing, Instant now) {
    return briefing
        .flip(check, number)
        .filter(Flip::isNews)
        .flatMap(flip -> about(flip, briefing, now));
  }

  Alert test(Integration integration, Briefing briefing, Instant now) {
    var project = integration.project();
    return Alert.test(project, briefing.projectName(project), site, now);
  }

  private Optional<Alert> about(Flip flip, Briefing briefing, Instant now) {
    return briefing
        .check(flip.check())
        .map(found -> {
          var check = found.item().check();
          var subject =
              new Alert.Subject(
                  check,
                  found.details(),
                  briefing.projectName(check.project()),
                  site,
                  ping(flip),
                  now);
          return flip.to() == Status.DOWN
              ? new Alert.WentDown(subject, flip)
              : new Alert.CameUp(subject, flip, downSince(flip));
        });
  }

  /// The newest ping by the time of the flip. A log entry or a start may come after the deadline
  /// and before the sweep: it is not what the flip is about.
  private @Nullable Ping ping(Flip flip) {
    for (var number = flip.ping(); number > flip.ping() - AFTER_THE_DEADLINE; number--) {
      var ping = number > 0 ? log.ping(flip.check(), number).orElse(null) : null;
      if (ping == null || !ping.at().isAfter(flip.at())) {
        return ping;
      }
    }
    return null;
  }

  private @Nullable Instant downSince(Flip up) {
    return log.flip(up.check(), up.number() - 1)
        .filter(flip -> flip.to() == Status.DOWN)
        .map(Flip::at)
        .orElse(null);
  }
}
