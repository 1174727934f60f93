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
/// @param disabled nothing is sent here: the provider refused for good, or a person said so
/// @param lastError what went wrong with the last delivery, or null when it went well
public record Integration(
    ChannelId id,
    ProjectId project,
    String kind,
    String name,
    Map<String, Object> settings,
    boolean disabled,
    @Nullable String lastError,
    Instant createdAt) {

  public Integration {
    settings = Map.copyOf(settings);
  }

  @Override
  public String toString() {
    return "Integration[" + kind + " " + id + "]";
  }
}
