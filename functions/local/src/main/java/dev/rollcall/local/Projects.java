package dev.rollcall.local;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.KeptKey;
import dev.rollcall.store.ProjectStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Makes projects with all their keys.
public final class Projects {
  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final ProjectStore store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public Projects(ProjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// A project with the secrets of its keys, which are stored hashed and shown only here.
  public record Made(Project project, String apiKey, String readOnlyKey) {}

  /// All of it or nothing.
  public Made create(String name) {
    var project =
        new Project(
            new ProjectId(UUID.randomUUID()),
            name,
            text(22, LOWER_CASE),
            UUID.randomUUID().toString(),
            Project.CHECK_LIMIT,
            Project.PING_LOG_LIMIT);
    var made = new Made(project, secret(ApiKey.Access.READ_WRITE), secret(ApiKey.Access.READ_ONLY));
    var now = clock.instant();
    var keys =
        Map.of(
            made.apiKey(), key(made.apiKey(), project, ApiKey.Access.READ_WRITE, now),
            made.readOnlyKey(), key(made.readOnlyKey(), project, ApiKey.Access.READ_ONLY, now));
    if (!store.create(project, keys)) {
      throw new IllegalStateException("a new project has the id or a key of another");
    }
    return made;
  }

  /// A new key of the management API, kept in the place of others: all of that or nothing.
  ///
  /// @param old may be none
  /// @return its secret, which is stored hashed and shown only here; empty when others were changed
  ///   at the same time
  public Optional<String> replaceKeys(Project project, ApiKey.Access access, List<KeptKey> old) {
    var secret = secret(access);
    return store.replace(old, secret, key(secret, project, access, clock.instant()))
        ? Optional.of(secret)
        : Optional.empty();
  }

  private String secret(ApiKey.Access access) {
    var prefix =
        switch (access) {
          case READ_WRITE -> "hcw_";
          case READ_ONLY -> "hcr_";
        };
    return prefix + text(28, LETTERS_AND_DIGITS);
  }

  private static ApiKey key(String secret, Project project, ApiKey.Access access, Instant now) {
    return new ApiKey(project.id(), access, secret.substring(0, ApiKey.PREFIX_LENGTH), now);
  }

  private String text(int length, String alphabet) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
