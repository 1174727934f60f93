package dev.rollcall.local;

import org.jspecify.annotations.Nullable;

/// What the service needs of its machine is not to be had. The message tells the operator so, in
/// one line.
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
