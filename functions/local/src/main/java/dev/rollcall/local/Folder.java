package dev.rollcall.local;

import dev.rollcall.local.disk.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the local service remembers besides its tables: how far its clock was moved, and the keys
/// of the project that the dashboard is signed in to. Nothing is remembered when it runs in memory.
public final class Folder implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CLOCK = "clock";
  private static final String SESSION = "session.json";

  private final @Nullable Path path;
  private final @Nullable FileChannel lock;

  private Folder(@Nullable Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Takes this folder, which is made if there is none, for this process alone until it is closed.
  ///
  /// @param path null keeps nothing
  /// @throws CannotStart when another process has it, or it cannot be written to
  public static Folder take(@Nullable Path path) {
    if (path == null) {
      return new Folder(null, null);
    }
    try {
      OwnerOnly.folder(path);
      var file = path.resolve("lock");
      OwnerOnly.file(file);
      var lock = FileChannel.open(file, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        lock.close();
        throw new CannotStart("another Rollcall keeps its data in " + path, null);
      }
      OwnerOnly.takeFromOthers(path.resolve(CLOCK));
      OwnerOnly.takeFromOthers(path.resolve(SESSION));
      return new Folder(path, lock);
    } catch (OverlappingFileLockException inThisProcess) {
      throw new CannotStart("another Rollcall keeps its data in " + path, inThisProcess);
    } catch (IOException failure) {
      throw CannotStart.over(path, failure);
    }
  }

  /// Leaves the folder to others.
  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The project that the dashboard shows, with the secrets that only this folder keeps.
  record Session(UUID project, String name, String apiKey, String readOnlyKey, String pingKey) {}

  /// How far the clock is ahead of the machine's.
  ///
  /// @throws CannotStart when the file says nothing of the kind
  public Duration clockOffset() {
    return read(CLOCK).map(this::offset).orElse(Duration.ZERO);
  }

  private Duration offset(String text) {
    try {
      var offset = Duration.parse(text.strip());
      if (!offset.isNegative() && Instant.now().plus(offset).isBefore(Instant.MAX)) {
        return offset;
      }
    } catch (DateTimeException | ArithmeticException unreadable) {
      // Answered below, as one that no clock can have is.
    }
    throw unreadable(
        CLOCK, "holds no time span like PT0S", "remove it to have the time of this machine", null);
  }

  /// @throws java.io.UncheckedIOException when it cannot be written; what was kept before stays
  void keepClockOffset(Duration offset) {
    write(CLOCK, offset.toString());
  }

  /// @throws CannotStart when the file says nothing of the kind
  Optional<Session> session() {
    return read(SESSION).map(this::session);
  }

  private Session session(String text) {
    var remedy = "remove it to have a new project; the old ones stay in the tables";
    try {
      var session = JSON.readValue(text, Session.class);
      if (session != null
          && Stream.of(
                  session.project(),
                  session.name(),
                  session.apiKey(),
                  session.readOnlyKey(),
                  session.pingKey())
              .allMatch(Objects::nonNull)) {
        return session;
      }
    } catch (JacksonException unreadable) {
      throw unreadable(SESSION, "does not hold a project and its keys", remedy, unreadable);
    }
    throw unreadable(SESSION, "lacks a project or some of its keys", remedy, null);
  }

  /// @throws CannotStart when it cannot be written
  void keepSession(Session session) {
    try {
      write(SESSION, JSON.writeValueAsString(session));
    } catch (UncheckedIOException failure) {
      throw CannotStart.over(path == null ? Path.of(SESSION) : path.resolve(SESSION), failure);
    }
  }

  private CannotStart unreadable(
      String name, String what, String remedy, @Nullable Throwable cause) {
    var file = path == null ? name : path.resolve(name).toString();
    return new CannotStart("%s %s; put back a copy, or %s".formatted(file, what, remedy), cause);
  }

  private Optional<String> read(String name) {
    if (path == null || !Files.exists(path.resolve(name))) {
      return Optional.empty();
    }
    var file = path.resolve(name);
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw CannotStart.over(file, failure);
    }
  }

  private void write(String name, String text) {
    if (path == null) {
      return;
    }
    var draft = path.resolve(name + ".new");
    try {
      OwnerOnly.file(draft);
      Files.writeString(draft, text);
      Files.move(
          draft,
          path.resolve(name),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
