package dev.rollcall.local.queue;

import dev.rollcall.local.queue.QueuedMessage.Custody;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Messages on disk, so that a process which is killed loses none: a line for each change, appended
/// before the change is answered. That an event source takes a message is not noted: when the
/// process dies the message is in nobody's hands, and comes again at once.
///
/// Lines are handed to the system and not forced to the disk: a killed process loses nothing, a
/// power cut may lose the last seconds. Not thread-safe: [Queues] guards it.
final class Journal implements AutoCloseable {
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

  /// A stream and not a channel: a thread that is interrupted while it writes would close a channel
  /// for all.
  private OutputStream out;

  private int lines;
  private boolean closed;

  private Journal(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file)) {
      read();
    }
    out = rewrite();
  }

  /// The journal in this file, which need not exist. A last line that was cut off is dropped: what
  /// it told was not answered.
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
  void put(String queue, QueuedMessage message) {
    kept.put(message.id(), new Kept(queue, message));
    append(line(queue, message));
  }

  void remove(String id) {
    if (kept.remove(id) != null) {
      append(new Line(id, null, 0, null, Map.of(), null, null, 0, null, null, null));
    }
  }

  /// From here on nothing is noted: what is under way ends with the process, and comes again.
  @Override
  public void close() {
    closed = true;
    try {
      out.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void append(Line line) {
    if (closed) {
      return;
    }
    try {
      if (lines - kept.size() > MOST_DEAD_LINES) {
        out.close();
        out = rewrite();
      } else {
        write(out, line);
        lines++;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private OutputStream rewrite() throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".new");
    try (var fresh = new FileOutputStream(draft.toFile())) {
      for (var each : kept()) {
        write(fresh, line(each.queue(), each.message()));
      }
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    lines = kept.size();
    return new FileOutputStream(file.toFile(), true);
  }

  private static void write(OutputStream out, Line line) throws IOException {
    out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void read() throws IOException {
    var text = Files.readString(file);
    var whole = text.substring(0, text.lastIndexOf('\n') + 1);
    try {
      whole.lines().map(line -> JSON.readValue(line, Line.class)).forEach(this::apply);
    } catch (JacksonException foreign) {
      throw new IOException("not a journal of queues: " + file, foreign);
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
