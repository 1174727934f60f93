package dev.rollcall.testing;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.ProjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeSet;
import java.util.UUID;

/// A project in tables, and checks in it that have not been pinged.
public final class SampleProject {
  public static final String PING_KEY = "k3yk3yk3yk3yk3yk3yk3y0";
  public static final ProjectId ID = new ProjectId(new UUID(0, 1));

  private static final Instant MADE_AT = Instant.parse("2026-01-01T00:00:00Z");

  private final CheckCatalog catalog;

  /// @param checkLimit how many checks it may hold
  public SampleProject(TablesInMemory memory, int checkLimit) {
    catalog = new CheckCatalog(memory.client(), memory.tables());
    new ProjectStore(memory.client(), memory.tables())
        .create(new Project(ID, "Sample", PING_KEY, "badge-key", checkLimit, 100));
  }

  /// A check with a period and a grace time, without a slug.
  public CheckId check(Duration period, Duration grace) {
    return check("", period, grace, Rules.NONE, Keywords.NONE);
  }

  public CheckId check(
      String slug, Duration period, Duration grace, Rules rules, Keywords keywords) {
    var id = new CheckId(UUID.randomUUID());
    add(id, slug, period, grace, rules, keywords);
    return id;
  }

  /// A check whose id is known beforehand.
  public void add(
      CheckId id, String slug, Duration period, Duration grace, Rules rules, Keywords keywords) {
    var details =
        new Details(
            id,
            "Nightly backup",
            slug,
            "",
            "",
            ZoneOffset.UTC,
            keywords,
            false,
            false,
            new TreeSet<>(),
            UUID.randomUUID(),
            MADE_AT);
    var check = Check.create(id, ID, new Every(period), grace, rules);
    if (!(catalog.create(check, details, Integer.MAX_VALUE, false)
        instanceof CheckCatalog.Made.Done)) {
      throw new IllegalStateException("a check was not made");
    }
  }
}
