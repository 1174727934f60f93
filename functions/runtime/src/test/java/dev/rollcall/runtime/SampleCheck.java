package dev.rollcall.runtime;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.project.ApiKey;
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

/// The check that the sample events name, and its project with the key that they use.
final class SampleCheck {
  static final CheckId ID = new CheckId(UUID.fromString("6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e"));

  private static final ProjectId PROJECT =
      new ProjectId(UUID.fromString("8f6c1f5e-2f0b-4c68-9d57-0d7d2d2c9d10"));
  private static final String KEY = "hcw_exampleexampleexampleexample";
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private SampleCheck() {}

  static void keep(Cloud cloud) {
    var projects = new ProjectStore(cloud.dynamo(), cloud.tables());
    projects.create(new Project(PROJECT, "Sample", "k3yk3yk3yk3yk3yk3yk3y0", "badge-key", 20, 100));
    projects.keep(
        KEY,
        new ApiKey(
            PROJECT, ApiKey.Access.READ_WRITE, KEY.substring(0, ApiKey.PREFIX_LENGTH), CREATED));
    var details =
        new Details(
            ID,
            "Nightly backup",
            "nightly-backup",
            "",
            "",
            ZoneOffset.UTC,
            Keywords.NONE,
            false,
            false,
            new TreeSet<>(),
            UUID.fromString("0d4d8d2b-6b63-4f0c-8a44-3e0d3f6a1b22"),
            CREATED);
    var check =
        Check.create(ID, PROJECT, new Every(Duration.ofDays(1)), Duration.ofHours(1), Rules.NONE);
    new CheckCatalog(cloud.dynamo(), cloud.tables()).create(check, details, 20, true);
  }
}
