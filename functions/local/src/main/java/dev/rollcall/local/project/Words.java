package dev.rollcall.local.project;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.local.Projects;
import dev.rollcall.local.command.Columns;
import dev.rollcall.local.command.Data;
import dev.rollcall.local.command.Place;
import dev.rollcall.store.KeptKey;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

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

  static String keys(Project project, List<KeptKey> kept) {
    if (kept.isEmpty()) {
      return "The project %s has no API key; `--add` makes one.\n".formatted(project.name());
    }
    return table(new Columns("").row("KEY", "MAY", "SINCE"), kept);
  }

  private static String table(Columns table, List<KeptKey> kept) {
    kept.forEach(each ->
        table.row(
            each.prefix() + "…",
            each.access().map(Words::may).orElse("what a newer release knows"),
            each.createdAt().truncatedTo(ChronoUnit.SECONDS).toString()));
    return table.text();
  }

  private static String may(ApiKey.Access access) {
    return switch (access) {
      case READ_WRITE -> "read and write";
      case READ_ONLY -> "read";
    };
  }

  /// A key that is new, the only time that it is shown.
  static String newKey(Project project, ApiKey.Access access, String secret, List<KeptKey> old) {
    return """
    A new API key of %s, which may %s, and is shown this once:

      %s
    %s\
    """
        .formatted(project.name(), may(access), secret, old.isEmpty() ? "" : "\n" + refused(old));
  }

  static String revoked(Project project, List<KeptKey> old) {
    return "%s has an API key less. %s".formatted(project.name(), refused(old));
  }

  private static String refused(List<KeptKey> old) {
    return "Refused from now on:\n\n" + table(new Columns("  "), old);
  }

  static String noProject(String word) {
    return "there is no project %s; `list` shows those there are. Nothing was changed"
        .formatted(word);
  }

  static String twins(String name, List<Project> projects) {
    return "there are %d projects %s: say which by its id, %s. Nothing was changed"
        .formatted(
            projects.size(),
            name,
            projects.stream()
                .map(project -> project.id().toString())
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  static String noSuchKey(Project project, String start, int found) {
    return "%d API keys of %s begin with exactly %s; --revoke needs the %d characters that `key` shows, and one key that has them. Nothing was changed"
        .formatted(found, project.name(), start, ApiKey.PREFIX_LENGTH);
  }

  static String raced() {
    return "somebody else changed these keys at the same time. Nothing was changed; look at them by `key`";
  }

  static String mails(String address) {
    return "\nChecks that are made with \"channels\": \"*\" mail their alerts to %s.\n"
        .formatted(address);
  }

  static String nextStep(Data data, Projects.Made made) {
    return switch (data.place()) {
      case Place.Desk(var folder) ->
          """

          Start the service with `./rollcall local --data %s`, and make a check that expects a ping a day:

          %s\
          """
              .formatted(folder, curl("http://localhost:8000", made));
      case Place.Cloud _, Place.Stack _ ->
          data.site() == null
              ? """

              Make a check that expects a ping a day. SITE is the stack's output Site, without https://:

              %s\
              """
                  .formatted(curl("https://SITE", made))
              : """

              Make a check that expects a ping a day:

              %s\
              """
                  .formatted(curl(data.site(), made));
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
      case Place.Stack stack ->
          "the stack %s, or its table, does not answer as it should: %s. See that --stack, --region and --profile are right, and"
                  .formatted(stack.name(), failure)
              + " that the credentials may use them";
    };
  }
}
