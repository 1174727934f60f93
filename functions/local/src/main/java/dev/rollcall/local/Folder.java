package dev.rollcall.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the local service remembers besides its tables: how far its clock was moved, and the keys
/// of the project that the dashboard is signed in to. Nothing is remembered when it runs in memory.
public final class Folder implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

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
      Files.createDirectories(path);
      var lock =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        lock.close();
        throw new CannotStart("another Rollcall keeps its data in " + path, null);
      }
      return new Folder(path, lock);
    } catch (OverlappingFileLockException inThisProcess) {
      throw new CannotStart("another Rollcall keeps its data in " + path, inThisProcess);
    } catch (IOException failure) {
      throw new CannotStart("cannot keep data in " + path, failure);
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

  public Duration clockOffset() {
    return read("clock").map(Duration::parse).orElse(Duration.ZERO);
  }

  void keepClockOffset(Duration offset) {
    write("clock", offset.toString());
  }

  Optional<Session> session() {
    return read("session.json").map(text -> JSON.readValue(text, Session.class));
  }

  void keepSession(Session session) {
    write("session.json", JSON.writeValueAsString(session));
  }

  private Optional<String> read(String name) {
    if (path == null || !Files.exists(path.resolve(name))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path.resolve(name)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void write(String name, String text) {
    if (path == null) {
      return;
    }
    try {
      var draft = path.resolve(name + ".new");
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
