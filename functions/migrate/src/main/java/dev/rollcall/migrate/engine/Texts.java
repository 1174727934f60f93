package dev.rollcall.migrate.engine;

import dev.rollcall.store.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A document's text as an attribute: as it is, or compressed by gzip when it is longer than 64 KB.
final class Texts {
  private static final int PLAIN = 64 * 1024;

  private Texts() {}

  static AttributeValue write(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= PLAIN) {
      return AttributeValue.fromS(text);
    }
    try {
      var packed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes);
      }
      return AttributeValue.fromB(SdkBytes.fromByteArray(packed.toByteArray()));
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory takes everything", impossible);
    }
  }

  /// Empty when there is none, and when it is not understood.
  static Optional<String> read(Reading item, String attribute) {
    var value = item.value(attribute);
    if (value == null || value.b() == null) {
      return item.text(attribute);
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(value.b().asByteArray()))) {
      return Optional.of(new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      item.doubt(attribute, "cannot be unpacked");
      return Optional.empty();
    }
  }
}
