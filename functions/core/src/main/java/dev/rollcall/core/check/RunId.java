package dev.rollcall.core.check;

import java.util.UUID;

/// The `rid` of a ping: which of several runs of a job it belongs to.
public record RunId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
