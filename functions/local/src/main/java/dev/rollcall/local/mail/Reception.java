package dev.rollcall.local.mail;

import dev.rollcall.core.digest.Sha256;
import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Plays the part of SES that receives mail: a message is put into the bucket, where functions can
/// read it, and the function is told of it as by the Lambda action of a receipt rule. Every domain
/// is its own. Thread-safe.
public final class Reception {
  private static final JsonFactory JSON = new JsonFactory();

  /// As long as SES's own.
  private static final int ID_LENGTH = 40;

  private final InstantSource clock;
  private final Function<InputStream, byte[]> function;
  private final Messages bucket;

  /// A mail that the function has taken.
  public record Received(String id, List<String> recipients) {}

  /// @param bucket where messages are put
  /// @param function takes mail from there
  public Reception(InstantSource clock, Messages bucket, Function<InputStream, byte[]> function) {
    this.clock = clock;
    this.bucket = bucket;
    this.function = function;
  }

  /// Receives a message. One that has the `Message-ID` of another is the same message, come again.
  ///
  /// @param to the recipients by the envelope; when empty, those that its headers name
  /// @param from the sender by the envelope; when null, the one that its headers name
  /// @throws IllegalArgumentException when there is no message, or it is for nobody
  public synchronized Received receive(byte[] raw, List<String> to, @Nullable String from) {
    if (raw.length == 0) {
      throw new IllegalArgumentException("the body must be a message: headers, a blank line, text");
    }
    var envelope = envelope(raw);
    var recipients = to.isEmpty() ? envelope.recipients() : List.copyOf(to);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException(
          "nobody to deliver to: give to=ADDRESS, or the message a To header");
    }
    var id = id(envelope.messageId());
    bucket.put(id, raw);
    var sender = from == null ? envelope.sender() : from;
    var _ = function.apply(new ByteArrayInputStream(event(id, sender, recipients)));
    return new Received(id, recipients);
  }

  private static Mime.Envelope envelope(byte[] raw) {
    try {
      return Mime.envelope(raw);
    } catch (MessagingException malformed) {
      return new Mime.Envelope(null, "", List.of());
    }
  }

  private byte[] event(String id, String sender, List<String> recipients) {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeName("Records");
      json.writeStartArray();
      json.writeStartObject();
      json.writeStringProperty("eventSource", "aws:ses");
      json.writeStringProperty("eventVersion", "1.0");
      json.writeName("ses");
      json.writeStartObject();
      json.writeName("mail");
      json.writeStartObject();
      json.writeStringProperty("timestamp", clock.instant().toString());
      json.writeStringProperty("source", sender);
      json.writeStringProperty("messageId", id);
      write(json, "destination", recipients);
      json.writeEndObject();
      json.writeName("receipt");
      json.writeStartObject();
      write(json, "recipients", recipients);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, String name, List<String> texts) {
    json.writeName(name);
    json.writeStartArray();
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private static String id(@Nullable String messageId) {
    // An empty one names nothing.
    var given = messageId == null ? "" : messageId;
    var isName = !given.replaceAll("[<>\\s]", "").isEmpty();
    var name = isName ? given : UUID.randomUUID().toString();
    return Sha256.hex(name).substring(0, ID_LENGTH);
  }
}
