package dev.rollcall.local.mail;

import dev.rollcall.mail.MailStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plays the part of the bucket that SES puts messages into: in a folder, or in memory. A ping by
/// mail may have to wait and want its message then, so that they stay; the oldest make room for new
/// ones. Thread-safe.
public final class Messages implements MailStore {

  /// How many bytes are kept of messages, the newest of them in any case.
  private static final long CAPACITY = 200_000_000;

  /// The same in memory.
  private static final long CAPACITY_OF_MEMORY = 10_000_000;

  private final @Nullable Path folder;

  /// The messages and their sizes, the oldest first. In a folder the bytes are in its files.
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  private record Kept(long size, byte @Nullable [] bytes) {}

  private Messages(@Nullable Path folder) {
    this.folder = folder;
  }

  /// Messages that are forgotten when the process ends.
  public static Messages inMemory() {
    return new Messages(null);
  }

  /// Messages that are in `folder`, which is made if it is missing.
  public static Messages in(Path folder) {
    var messages = new Messages(folder);
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".eml"))
            .sorted((one, other) -> Long.compare(modified(one), modified(other)))
            .forEach(file -> messages.kept.put(id(file), new Kept(file.toFile().length(), null)));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return messages;
  }

  /// Keeps a message, and in memory these very bytes of it. Safe to say again.
  synchronized void put(String id, byte[] message) {
    kept.remove(id);
    if (folder == null) {
      kept.put(id, new Kept(message.length, message));
    } else {
      write(folder, id, message);
      kept.put(id, new Kept(message.length, null));
    }
    var size = kept.values().stream().mapToLong(Kept::size).sum();
    var capacity = folder == null ? CAPACITY_OF_MEMORY : CAPACITY;
    while (size > capacity && kept.size() > 1) {
      var oldest = kept.entrySet().iterator().next();
      size -= oldest.getValue().size();
      remove(oldest.getKey());
    }
  }

  @Override
  public byte[] beginning(String id, int limit) {
    try (var message = open(id)) {
      return message.readNBytes(limit);
    } catch (IOException failure) {
      throw new UncheckedIOException("a message could not be read", failure);
    }
  }

  @Override
  public <T> Optional<T> read(String id, Reading<T> reading) {
    try (var message = open(id)) {
      return Optional.of(reading.of(message));
    } catch (NoSuchFileException | FileNotFoundException gone) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException("a message could not be read", failure);
    }
  }

  private InputStream open(String id) throws IOException {
    byte[] bytes;
    synchronized (this) {
      var message = kept.get(id);
      if (message == null) {
        throw new FileNotFoundException("there is no such message");
      }
      bytes = message.bytes();
    }
    return bytes == null && folder != null
        ? Files.newInputStream(file(folder, id))
        : new ByteArrayInputStream(bytes == null ? new byte[0] : bytes);
  }

  private void remove(String id) {
    kept.remove(id);
    if (folder != null) {
      try {
        Files.deleteIfExists(file(folder, id));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /// The file is there whole or not at all.
  private static void write(Path folder, String id, byte[] message) {
    try {
      var unfinished = Files.createTempFile(folder, "unfinished", ".tmp");
      Files.write(unfinished, message);
      Files.move(unfinished, file(folder, id), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path file(Path folder, String id) {
    return folder.resolve(id + ".eml");
  }

  private static String id(Path file) {
    var name = file.getFileName().toString();
    return name.substring(0, name.length() - ".eml".length());
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
