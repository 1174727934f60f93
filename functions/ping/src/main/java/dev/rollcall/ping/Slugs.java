package dev.rollcall.ping;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.ProjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Finds checks by ping key and slug, and makes those that a ping may make.
final class Slugs {
  private static final Duration PERIOD = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofHours(1);

  private final ProjectStore projects;
  private final CheckCatalog catalog;
  private final IntegrationStore integrations;
  private final Gate gate;

  Slugs(ProjectStore projects, CheckCatalog catalog, IntegrationStore integrations, Gate gate) {
    this.projects = projects;
    this.catalog = catalog;
    this.integrations = integrations;
    this.gate = gate;
  }

  /// What was found under a slug.
  sealed interface Found {
    record One(CheckId check) implements Found {}

    record Created(CheckId check) implements Found {}

    record Several() implements Found {}

    record None() implements Found {}
  }

  /// A check is made only where this release may change the data: of a ping that has to make its
  /// check, nothing is taken until one may.
  ///
  /// @param mayCreate make a check where there is none, as long as the project has fewer than twice
  ///   its limit
  Found find(String pingKey, String slug, boolean mayCreate, Instant now) {
    return projects
        .byPingKey(pingKey)
        .map(project -> find(project, slug, mayCreate, now))
        .orElseGet(Found.None::new);
  }

  private Found find(ProjectId project, String slug, boolean mayCreate, Instant now) {
    var ids = catalog.bySlug(project, slug);
    if (ids.size() > 1) {
      return new Found.Several();
    }
    if (ids.size() == 1) {
      return new Found.One(ids.getFirst());
    }
    if (mayCreate && gate.fit() != Fit.NORMAL) {
      throw new NotReadable("no check may be made in data that this release may not change");
    }
    return mayCreate
        ? projects.find(project).map(owner -> create(owner, slug, now)).orElseGet(Found.None::new)
        : new Found.None();
  }

  private Found create(Project project, String slug, Instant now) {
    var id = new CheckId(UUID.randomUUID());
    var channels =
        integrations.list(project.id()).stream()
            .map(Integration::id)
            .collect(Collectors.toCollection(TreeSet::new));
    var details =
        new Details(
            id,
            slug,
            slug,
            "",
            "",
            ZoneId.of("UTC"),
            Keywords.NONE,
            false,
            false,
            channels,
            UUID.randomUUID(),
            now);
    var check = Check.create(id, project.id(), new Every(PERIOD), GRACE, Rules.NONE);
    return switch (catalog.create(check, details, 2 * project.checkLimit(), true)) {
      case CheckCatalog.Made.Done _ -> new Found.Created(id);
      case CheckCatalog.Made.SlugTaken() -> find(project.id(), slug, false, now);
      case CheckCatalog.Made.LimitReached() -> new Found.None();
    };
  }
}
