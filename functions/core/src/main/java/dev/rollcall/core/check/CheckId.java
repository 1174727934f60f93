package dev.rollcall.core.check;

import java.util.UUID;

/// The identity of a check: the UUID of its ping URL.
public record CheckId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
