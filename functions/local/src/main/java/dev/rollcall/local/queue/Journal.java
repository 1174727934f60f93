package dev.rollcall.local.queue;

import dev.rollcall.local.disk.DiskTrouble;
import dev.rollcall.local.disk.OwnerOnly;
import dev.rollcall.local.queue.QueuedMessage.Custody;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Messages on disk, so that a process which is killed loses none: a line for each change, appended
/// before the change is answered. That an event source takes a message is not noted: when the
/// process dies the message is in nobody's hands, and comes again at once.
///
/// Lines are handed to the system and not forced to the disk: a killed process loses nothing, a
/// power cut may lose the last seconds. Not thread-safe: [Queues] guards it.
///
/// A line that cannot be written leaves the file as it was. Whoever sends hears of it. Every other
/// change goes on without: what is not noted of a message that was taken, given back or deleted
/// makes it come again after a restart, early perhaps, and nothing is lost. It is noted with the
/// next change for which there is room.
final class Journal implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Journal.class.getName());
  private static final JsonMapper JSON = new JsonMapper();

  /// How many lines more than messages a file may have before it is written anew.
  private static final int MOST_DEAD_LINES = 10_000;

  /// What is kept of a message.
  record Kept(String queue, QueuedMessage message) {}

  /// A change, as a line has it; a change without a body removes the message.
  private record Line(
      String id,
      @Nullable String queue,
      long sequence,
      @Nullable String body,
      Map<String, Attribute> attributes,
      @Nullable String sentAt,
      @Nullable String visibleAt,
      int receives,
      @Nullable String firstReceivedAt,
      @Nullable String receivedAt,
      @Nullable String source) {}

  private record Attribute(String type, @Nullable String text, @Nullable String base64) {}

  private final Path file;
  private final Map<String, Kept> kept = new HashMap<>();

  /// The messages whose last change is not in the file.
  private final Set<String> unnoted = new LinkedHashSet<>();

  /// Not a channel: a thread that is interrupted while it writes would close a channel for all.
  private RandomAccessFile out;

  /// How long the file is up to its last whole line.
  private long end;

  private int lines;
  private boolean behind;
  private boolean closed;

  private Journal(Path file) throws IOException {
    this.file = file;
    OwnerOnly.folder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    if (Files.exists(file)) {
      read();
    }
    out = rewrite();
  }

  /// The journal in this file, which need not exist. What cannot be read in it, such as a line that
  /// was cut off, goes to a file beside it, and the log says so: who sent it was told that it
  /// failed.
  ///
  /// @throws UncheckedIOException when the file cannot be read or written, or holds no queues
  static Journal in(Path file) {
    try {
      return new Journal(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What the queues held, in the order of sending.
  List<Kept> kept() {
    return kept.values().stream()
        .sorted(Comparator.comparingLong(each -> each.message().sequence()))
        .toList();
  }

  /// Notes that `queue` has `message`, and no other queue has it.
  ///
  /// @throws SdkClientException when the message is new and cannot be noted, as the SDK throws one
  ///   when SQS does not answer: the message may come or not
  void put(String queue, QueuedMessage message) {
    var isNew = kept.put(message.id(), new Kept(queue, message)) == null;
    note(message.id(), isNew);
  }

  void remove(String id) {
    if (kept.remove(id) != null) {
      note(id, false);
    }
  }

  /// From here on nothing is noted: what is under way ends with the process, and comes again.
  @Override
  public void close() {
    if (!closed && !unnoted.isEmpty()) {
      catchUp();
    }
    closed = true;
    try {
      out.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void note(String id, boolean must) {
    if (closed) {
      return;
    }
    unnoted.add(id);
    var failure = catchUp();
    if (failure != null && must) {
      throw SdkClientException.create("the queues cannot be kept", failure);
    }
  }

  /// Notes what is not noted yet, all of it or nothing.
  private @Nullable IOException catchUp() {
    try {
      if (lines - kept.size() > MOST_DEAD_LINES) {
        var former = out;
        out = rewrite();
        former.close();
      } else {
        append();
      }
      unnoted.clear();
      behind = false;
      return null;
    } catch (IOException failure) {
      if (!behind) {
        LOG.log(Level.WARNING, "cannot write {0}: {1}", file, DiskTrouble.of(failure));
      }
      behind = true;
      return failure;
    }
  }

  private void append() throws IOException {
    var text = new ByteArrayOutputStream();
    for (var id : unnoted) {
      var message = kept.get(id);
      text.writeBytes(bytes(message == null ? gone(id) : line(message.queue(), message.message())));
    }
    // What a write that failed has left: with another line behind it, neither could be read.
    out.setLength(end);
    out.seek(end);
    try {
      out.write(text.toByteArray());
    } catch (IOException failure) {
      out.setLength(end);
      throw failure;
    }
    end += text.size();
    lines += unnoted.size();
  }

  private RandomAccessFile rewrite() throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      OwnerOnly.file(draft);
      try (var fresh = new FileOutputStream(draft.toFile())) {
        for (var each : kept()) {
          fresh.write(bytes(line(each.queue(), each.message())));
        }
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      Files.deleteIfExists(draft); // It takes room where there is none.
      throw failure;
    }
    var fresh = new RandomAccessFile(file.toFile(), "rw");
    lines = kept.size();
    end = fresh.length();
    return fresh;
  }

  private static byte[] bytes(Line line) {
    return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Line gone(String id) {
    return new Line(id, null, 0, null, Map.of(), null, null, 0, null, null, null);
  }

  private void read() throws IOException {
    var torn = new TornLines();
    var isAnyRead = false;
    for (var piece : TornLines.pieces(Files.readAllBytes(file))) {
      if (isRead(piece)) {
        isAnyRead = true;
      } else {
        torn.add(piece);
      }
    }
    if (torn.isEmpty()) {
      return;
    }
    if (!isAnyRead && !torn.isOurs()) {
      throw new IOException("it holds no queues; move it away to begin with empty ones");
    }
    torn.putAside(file);
  }

  private boolean isRead(byte[] piece) {
    try {
      var line = JSON.readValue(piece, Line.class);
      if (line == null || Stream.of(line.id(), line.attributes()).anyMatch(Objects::isNull)) {
        return false;
      }
      apply(line);
      return true;
    } catch (JacksonException | DateTimeException | IllegalArgumentException torn) {
      return false;
    }
  }

  private void apply(Line line) {
    if (line.queue() == null || line.body() == null) {
      kept.remove(line.id());
    } else {
      kept.put(line.id(), new Kept(line.queue(), message(line, line.body())));
    }
  }

  private static Line line(String queue, QueuedMessage message) {
    var attributes = new HashMap<String, Attribute>();
    message.attributes().forEach((name, value) -> attributes.put(name, attribute(value)));
    return new Line(
        message.id(),
        queue,
        message.sequence(),
        message.body(),
        attributes,
        message.sentAt().toString(),
        message.visibleAt().toString(),
        message.receives(),
        text(message.firstReceivedAt()),
        text(message.receivedAt()),
        message.source());
  }

  private static QueuedMessage message(Line line, String body) {
    var attributes = new HashMap<String, MessageAttributeValue>();
    line.attributes().forEach((name, value) -> attributes.put(name, attribute(value)));
    return new QueuedMessage(
        line.id(),
        line.sequence(),
        body,
        attributes,
        Instant.parse(String.valueOf(line.sentAt())),
        Instant.parse(String.valueOf(line.visibleAt())),
        line.receives(),
        instant(line.firstReceivedAt()),
        instant(line.receivedAt()),
        Custody.QUEUE,
        line.source());
  }

  private static Attribute attribute(MessageAttributeValue value) {
    var bytes = value.binaryValue();
    return new Attribute(
        value.dataType(),
        value.stringValue(),
        bytes == null ? null : Base64.getEncoder().encodeToString(bytes.asByteArray()));
  }

  private static MessageAttributeValue attribute(Attribute value) {
    var builder = MessageAttributeValue.builder().dataType(value.type()).stringValue(value.text());
    return value.base64() == null
        ? builder.build()
        : builder
            .binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(value.base64())))
            .build();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
