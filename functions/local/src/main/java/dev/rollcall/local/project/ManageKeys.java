package dev.rollcall.local.project;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Project;
import dev.rollcall.local.Projects;
import dev.rollcall.store.KeptKey;
import dev.rollcall.store.ProjectStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `./rollcall project key`: the API keys that a project has, and others in their place.
final class ManageKeys {
  private final ProjectStore store;
  private final Projects projects;

  ManageKeys(ProjectStore store, InstantSource clock) {
    this.store = store;
    projects = new Projects(store, clock);
  }

  /// What to print, or why nothing was changed.
  record Answer(boolean isDone, String text) {}

  Answer run(Command.Key command) {
    var meant =
        store.all().stream().filter(project -> isMeant(project, command.project())).toList();
    return switch (meant.size()) {
      case 0 -> refused(Words.noProject(command.project()));
      case 1 -> run(command.act(), meant.getFirst());
      default -> refused(Words.twins(command.project(), meant));
    };
  }

  private static boolean isMeant(Project project, String word) {
    return project.id().toString().equals(word) || project.name().equals(word);
  }

  private Answer run(Command.Act act, Project project) {
    var kept = store.keys(project.id());
    return switch (act) {
      case Command.Act.Look _ -> done(Words.keys(project, kept));
      case Command.Act.Rotate(var access) ->
          put(
              project,
              access,
              kept.stream().filter(each -> each.access().equals(Optional.of(access))).toList());
      case Command.Act.Add(var access) -> put(project, access, List.of());
      case Command.Act.Revoke(var start) -> revoke(project, kept, start);
    };
  }

  private Answer put(Project project, ApiKey.Access access, List<KeptKey> old) {
    return projects
        .replaceKeys(project, access, old)
        .map(secret -> done(Words.newKey(project, access, secret, old)))
        .orElseGet(() -> refused(Words.raced()));
  }

  private Answer revoke(Project project, List<KeptKey> kept, String start) {
    var meant = kept.stream().filter(each -> each.prefix().equals(start)).toList();
    if (meant.size() != 1) {
      return refused(Words.noSuchKey(project, start, meant.size()));
    }
    store.forget(meant.getFirst());
    return done(Words.revoked(project, meant));
  }

  private static Answer done(String text) {
    return new Answer(true, text);
  }

  private static Answer refused(String reason) {
    return new Answer(false, reason);
  }
}
