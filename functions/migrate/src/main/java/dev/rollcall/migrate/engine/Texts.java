package dev.rollcall.migrate.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
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

  static String read(@Nullable AttributeValue value) {
    if (value == null) {
      return "";
    }
    if (value.b() == null) {
      return value.s();
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(value.b().asByteArray()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("the text of a migration cannot be unpacked", broken);
    }
  }
}
