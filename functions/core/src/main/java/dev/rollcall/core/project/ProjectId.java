package dev.rollcall.core.project;

import java.util.UUID;

/// The identity of a project.
public record ProjectId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
