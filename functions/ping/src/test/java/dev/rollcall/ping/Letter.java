package dev.rollcall.ping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A mail that SES has received: the message, and what the envelope said.
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record Letter(String id, @Nullable Instant at, String from, List<String> recipients, byte[] raw) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final AtomicLong LETTERS = new AtomicLong();

  /// A mail with an id of its own, received at noon.
  static Letter to(String... recipients) {
    return new Letter(
        "message" + LETTERS.incrementAndGet(),
        PingWorld.NOON,
        "root@db1.example.org",
        List.of(recipients),
        message("Backup", "complete"));
  }

  Letter saying(String subject, String text) {
    return new Letter(id, at, from, recipients, message(subject, text));
  }

  Letter being(byte[] message) {
    return new Letter(id, at, from, recipients, message);
  }

  /// A letter whose text comes after an attachment of so many bytes.
  Letter withAttachment(int size, String text) {
    var attachment = Base64.getMimeEncoder().encodeToString(new byte[size]);
    var message =
        """
        Subject: Backup
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: application/gzip
        Content-Disposition: attachment; filename=log.gz
        Content-Transfer-Encoding: base64

        %s
        --b
        Content-Type: text/plain

        %s
        --b--
        """
            .formatted(attachment, text);
    return being(message.getBytes(UTF_8));
  }

  Letter receivedAt(@Nullable Instant instant) {
    return new Letter(id, instant, from, recipients, raw);
  }

  Letter from(String sender) {
    return new Letter(id, at, sender, recipients, raw);
  }

  /// What SES tells of it.
  InputStream event() {
    var out = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeName("Records");
      json.writeStartArray();
      json.writeStartObject();
      json.writeStringProperty("eventSource", "aws:ses");
      json.writeName("ses");
      json.writeStartObject();
      json.writeName("mail");
      json.writeStartObject();
      if (at != null) {
        json.writeStringProperty("timestamp", at.toString());
      }
      json.writeStringProperty("source", from);
      json.writeStringProperty("messageId", id);
      json.writeEndObject();
      json.writeName("receipt");
      json.writeStartObject();
      json.writeNumberProperty("processingTimeMillis", 574);
      json.writeName("recipients");
      json.writeStartArray();
      recipients.forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return new ByteArrayInputStream(out.toString().getBytes(UTF_8));
  }

  private static byte[] message(String subject, String text) {
    return ("Subject: " + subject + "\r\n\r\n" + text).getBytes(UTF_8);
  }
}
