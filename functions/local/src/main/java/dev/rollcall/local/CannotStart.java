package dev.rollcall.local;

import dev.rollcall.local.disk.DiskTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the service needs of its machine is not to be had. The message tells the operator so, in
/// one line: what is wrong, where, and what helps.
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// @param path the file or folder that it is about
  static CannotStart over(Path path, IOException failure) {
    return new CannotStart("cannot use " + path + ": " + DiskTrouble.of(failure), failure);
  }

  static CannotStart over(Path path, UncheckedIOException failure) {
    return new CannotStart("cannot use " + path + ": " + DiskTrouble.of(failure), failure);
  }
}
