package dev.rollcall.integration;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.ProjectStore;
import java.time.Instant;
import java.util.UUID;

/// A project with its keys.
record Tenant(ProjectId id, String pingKey, String key, String readOnlyKey) {

  /// A new one that may hold so many checks.
  static Tenant create(ProjectStore projects, int checkLimit, Instant now) {
    var id = new ProjectId(UUID.randomUUID());
    var tenant = new Tenant(id, secret(""), secret("hcw_"), secret("hcr_"));
    var made =
        projects.create(
            new Project(
                id,
                "Integration",
                tenant.pingKey(),
                UUID.randomUUID().toString(),
                checkLimit,
                Project.PING_LOG_LIMIT));
    if (!made) {
      throw new IllegalStateException("the project is there already");
    }
    projects.keep(tenant.key(), key(id, tenant.key(), ApiKey.Access.READ_WRITE, now));
    projects.keep(
        tenant.readOnlyKey(), key(id, tenant.readOnlyKey(), ApiKey.Access.READ_ONLY, now));
    return tenant;
  }

  private static ApiKey key(ProjectId id, String secret, ApiKey.Access access, Instant now) {
    return new ApiKey(id, access, secret.substring(0, ApiKey.PREFIX_LENGTH), now);
  }

  /// 32 characters, as keys have; a ping key has 22.
  private static String secret(String prefix) {
    var text = prefix + UUID.randomUUID().toString().replace("-", "");
    return text.substring(0, prefix.isEmpty() ? 22 : 32);
  }
}
