package dev.rollcall.core.project;

import java.util.UUID;

/// The identity of a channel.
public record ChannelId(UUID value) implements Comparable<ChannelId> {

  @Override
  public int compareTo(ChannelId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
