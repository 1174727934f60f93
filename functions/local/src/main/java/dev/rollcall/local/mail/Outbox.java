package dev.rollcall.local.mail;

import dev.rollcall.local.disk.OwnerOnly;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A folder of caught mails, one `.eml` file each, which any mail program opens. What a MIME
/// message does not tell (when it was caught, and its envelope) stands before it in two headers of
/// our own. Not thread-safe.
final class Outbox {
  private static final Pattern FILE = Pattern.compile("([0-9]{10})\\.eml");
  private static final String AT = "X-Rollcall-Caught-At";
  private static final String TO = "X-Rollcall-Caught-To";

  private final Path folder;
  private long next;

  /// A mail and the number of its file.
  record Entry(long number, Mail mail) {}

  /// The outbox in `folder`, which is made if it is missing.
  Outbox(Path folder) {
    this.folder = folder;
    try {
      OwnerOnly.folder(folder);
      OwnerOnly.takeFromOthers(folder);
      for (long number : numbers()) {
        OwnerOnly.takeFromOthers(file(number));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var numbers = numbers();
    next = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
  }

  /// The mails in the folder, oldest first. A file that is no mail is passed over: it did not come
  /// from here.
  List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (long number : numbers()) {
      try {
        read(file(number)).ifPresent(mail -> entries.add(new Entry(number, mail)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return entries;
  }

  /// Adds a mail, and returns the number of its file. The file is there whole or not at all.
  long add(byte[] raw, Mail mail) {
    var number = next++;
    var content = new ByteArrayOutputStream();
    content.writeBytes(header(AT, mail.at().toString()));
    for (var address : mail.to()) {
      content.writeBytes(header(TO, address));
    }
    content.writeBytes(raw);
    try {
      var unfinished = folder.resolve("unfinished.tmp");
      OwnerOnly.file(unfinished);
      Files.write(unfinished, content.toByteArray());
      Files.move(unfinished, file(number), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return number;
  }

  void remove(long number) {
    try {
      Files.deleteIfExists(file(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(long number) {
    return folder.resolve("%010d.eml".formatted(number));
  }

  private List<Long> numbers() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> FILE.matcher(file.getFileName().toString()))
          .filter(name -> name.matches())
          .map(name -> Long.parseLong(name.group(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] header(String name, String value) {
    return (name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Mail> read(Path file) throws IOException {
    try {
      var stored = Mime.read(Files.readAllBytes(file), List.of(), Instant.EPOCH);
      var at = first(stored.headers().get(AT));
      var to = stored.headers().get(TO);
      if (at == null || to == null) {
        return Optional.empty();
      }
      return Optional.of(without(stored, Instant.parse(at), to));
    } catch (MessagingException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Mail without(Mail stored, Instant at, List<String> to) {
    var headers = new HashMap<>(stored.headers());
    headers.remove(AT);
    headers.remove(TO);
    return new Mail(to, stored.from(), stored.subject(), stored.text(), stored.html(), headers, at);
  }

  private static @Nullable String first(@Nullable List<String> values) {
    return values == null ? null : values.getFirst();
  }
}
