package dev.rollcall.local.project;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.local.Projects;
import dev.rollcall.local.command.Columns;
import dev.rollcall.local.command.Place;
import java.util.List;

/// What is printed.
final class Words {
  private Words() {}

  /// A project in a list.
  record Listed(String id, String name, int checks) {}

  static String list(List<Listed> projects) {
    if (projects.isEmpty()) {
      return "There is no project; `./rollcall project create NAME` makes one.\n";
    }
    var table = new Columns("").row("ID", "CHECKS", "NAME");
    projects.forEach(
        project -> table.row(project.id(), Integer.toString(project.checks()), project.name()));
    return table.text();
  }

  /// The keys of a project, the only time that they are shown.
  static String made(Projects.Made made) {
    var project = made.project();
    return """
    Project %s is made. Its API keys are shown this once: Rollcall keeps nothing but their hashes.

    """
            .formatted(project.name())
        + new Columns("  ")
            .row("project", project.id().toString())
            .row("API key", made.apiKey())
            .row("read-only API key", made.readOnlyKey())
            .row("ping key", project.pingKey())
            .text();
  }

  static String mails(String address) {
    return "\nChecks that are made with \"channels\": \"*\" mail their alerts to %s.\n"
        .formatted(address);
  }

  static String nextStep(Place place, Projects.Made made) {
    return switch (place) {
      case Place.Desk(var folder) ->
          """

          Start the service with `./rollcall local --data %s`, and make a check that expects a ping a day:

          %s\
          """
              .formatted(folder, curl("http://localhost:8000", made));
      case Place.Cloud _ ->
          """

          Make a check that expects a ping a day. SITE is the stack's output Site, without https://:

          %s\
          """
              .formatted(curl("https://SITE", made));
    };
  }

  private static String curl(String site, Projects.Made made) {
    return """
      curl %s/api/v3/checks/ -H 'X-Api-Key: %s' \\
        -d '{"name": "Backup", "timeout": 86400, "grace": 3600, "channels": "*"}'

    The answer has its ping_url: the job calls that when it is done.
    """
        .formatted(site, made.apiKey());
  }

  /// Why this release may not do it.
  static String refused(Fit fit, Gate.Refusal refusal) {
    return "release %s may %s the data%s; nothing was changed. %s"
        .formatted(
            refusal.release().name(),
            fit == Fit.READ_ONLY ? "read, but not change" : "not read",
            refusal.level().map(level -> ", which is at level " + level).orElse(""),
            refusal.remedy());
  }

  /// What does not answer, and what to look at.
  static String unanswered(Place place, String failure) {
    return switch (place) {
      case Place.Desk(var folder) ->
          "the data in %s does not answer: %s".formatted(folder, failure);
      case Place.Cloud cloud ->
          "the table %s does not answer as it should: %s. See that --state-table, --region and --profile are right, and that"
                  .formatted(cloud.stateTable(), failure)
              + " the credentials may use it";
    };
  }
}
