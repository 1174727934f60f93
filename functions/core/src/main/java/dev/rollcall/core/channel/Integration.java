package dev.rollcall.core.channel;

import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A channel as a project has set it up.
///
/// @param kind which channel, by the name that [Channels] knows it by
/// @param name what people call it; may be empty
/// @param settings what the channel needs to know, a tree of texts, booleans, numbers, maps and
///   lists, as in JSON. May hold secrets: never logged
/// @param secret with which its requests are signed, or null in data of a level that has none.
///   Never logged
/// @param disabled nothing is sent here: the provider refused for good, or a person said so
/// @param lastError what went wrong with the last delivery, or null when it went well
/// @param slow the last delivery took so long that it gave way, or would have, where others waited
public record Integration(
    ChannelId id,
    ProjectId project,
    String kind,
    String name,
    Map<String, Object> settings,
    @Nullable SigningSecret secret,
    boolean disabled,
    @Nullable String lastError,
    boolean slow,
    Instant createdAt) {

  public Integration {
    settings = Map.copyOf(settings);
  }

  /// A channel that is not slow.
  public Integration(
      ChannelId id,
      ProjectId project,
      String kind,
      String name,
      Map<String, Object> settings,
      @Nullable SigningSecret secret,
      boolean disabled,
      @Nullable String lastError,
      Instant createdAt) {
    this(id, project, kind, name, settings, secret, disabled, lastError, false, createdAt);
  }

  /// A channel without a secret.
  public Integration(
      ChannelId id,
      ProjectId project,
      String kind,
      String name,
      Map<String, Object> settings,
      boolean disabled,
      @Nullable String lastError,
      Instant createdAt) {
    this(id, project, kind, name, settings, null, disabled, lastError, createdAt);
  }

  public Integration withSecret(@Nullable SigningSecret other) {
    return new Integration(
        id, project, kind, name, settings, other, disabled, lastError, slow, createdAt);
  }

  /// Whether the last delivery failed or was slow. Such a channel lets others go first.
  public boolean isInTrouble() {
    return slow || lastError != null;
  }

  @Override
  public String toString() {
    return "Integration[" + kind + " " + id + "]";
  }
}
