package dev.rollcall.notify;

import dev.rollcall.core.channel.Alert;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.project.Site;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.ProjectStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gathers what a message about a flip may say.
record Alerts(CheckCatalog catalog, LogStore log, ProjectStore projects, Site site) {

  /// Empty when there is nothing to tell any more: the check is gone, or the flip, or it is no
  /// news.
  Optional<Alert> about(CheckId check, long number, Instant now) {
    return log.flip(check, number).filter(Flip::isNews).flatMap(flip -> about(flip, now));
  }

  Alert test(Integration integration, Instant now) {
    return Alert.test(integration.project(), name(integration.project()), site, now);
  }

  private Optional<Alert> about(Flip flip, Instant now) {
    return catalog
        .find(flip.check())
        .map(found -> {
          var check = found.item().check();
          var subject =
              new Alert.Subject(
                  check, found.details(), name(check.project()), site, ping(flip), now);
          return flip.to() == Status.DOWN
              ? new Alert.WentDown(subject, flip)
              : new Alert.CameUp(subject, flip, downSince(flip));
        });
  }

  private @Nullable Ping ping(Flip flip) {
    return flip.ping() == 0 ? null : log.ping(flip.check(), flip.ping()).orElse(null);
  }

  private @Nullable Instant downSince(Flip up) {
    return log.flip(up.check(), up.number() - 1)
        .filter(flip -> flip.to() == Status.DOWN)
        .map(Flip::at)
        .orElse(null);
  }

  private String name(ProjectId project) {
    return projects.find(project).map(Project::name).orElse("");
  }
}
