package dev.rollcall.local;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.ProjectStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// Makes projects with all their keys.
final class Projects {
  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final ProjectStore store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Projects(ProjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// A project with the secrets of its keys, which are stored hashed and shown only here.
  record Made(Project project, String apiKey, String readOnlyKey) {}

  Made create(String name) {
    var project =
        new Project(
            new ProjectId(UUID.randomUUID()),
            name,
            text(22, LOWER_CASE),
            UUID.randomUUID().toString(),
            Project.CHECK_LIMIT,
            Project.PING_LOG_LIMIT);
    if (!store.create(project)) {
      throw new IllegalStateException("a new project has the id or a key of another");
    }
    var made =
        new Made(
            project, "hcw_" + text(28, LETTERS_AND_DIGITS), "hcr_" + text(28, LETTERS_AND_DIGITS));
    keep(made.apiKey(), project, ApiKey.Access.READ_WRITE);
    keep(made.readOnlyKey(), project, ApiKey.Access.READ_ONLY);
    return made;
  }

  private void keep(String secret, Project project, ApiKey.Access access) {
    Instant now = clock.instant();
    store.keep(
        secret, new ApiKey(project.id(), access, secret.substring(0, ApiKey.PREFIX_LENGTH), now));
  }

  private String text(int length, String alphabet) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
