package dev.rollcall.local.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;

/// Why a file cannot be read or written, in words for whoever runs the service, with what helps
/// where that is known.
public final class DiskTrouble {
  private DiskTrouble() {}

  /// One line, which does not name the file.
  public static String of(IOException failure) {
    var reason = reason(failure);
    var known = reason.toLowerCase(Locale.ROOT);
    if (failure instanceof AccessDeniedException || known.contains("permission denied")) {
      return "no permission; let the user that runs Rollcall read and write it, or name another"
          + " folder with --data";
    }
    if (known.contains("no space left") || known.contains("quota exceeded")) {
      return "the disk is full; make room";
    }
    if (known.contains("read-only file system")) {
      return "the disk is read-only; name another folder with --data";
    }
    return reason;
  }

  public static String of(UncheckedIOException failure) {
    var cause = failure.getCause();
    return cause == null ? String.valueOf(failure.getMessage()) : of(cause);
  }

  private static String reason(IOException failure) {
    if (failure instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "there is a file where a folder above it should be";
    }
    // Its message repeats the file's name.
    var reason =
        failure instanceof FileSystemException about ? about.getReason() : failure.getMessage();
    return Objects.requireNonNullElse(reason, failure.getClass().getSimpleName());
  }
}
