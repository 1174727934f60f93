package dev.rollcall.store;

import dev.rollcall.core.check.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Bytes of a ping as an attribute, or compressed as another, where that can save a write unit.
final class BodyAttribute {
  private static final String BODY = "body";
  private static final String DEFLATED = "deflated";

  /// Bodies up to this size fit into the first write unit beside the rest of the entry.
  private static final int SMALL = 512;

  private BodyAttribute() {}

  static void write(Body body, Row row) {
    write(body, BODY, DEFLATED, row);
  }

  static Body read(Row row) {
    return read(BODY, DEFLATED, row);
  }

  /// @param name of the attribute
  /// @param deflatedName of the one that is compressed
  static void write(Body body, String name, String deflatedName, Row row) {
    if (body.isEmpty()) {
      return;
    }
    var bytes = body.bytes();
    if (bytes.length > SMALL) {
      var deflated = deflate(bytes);
      if (deflated.length < bytes.length) {
        row.with(deflatedName, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(deflated)));
        return;
      }
    }
    row.with(name, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
  }

  static Body read(String name, String deflatedName, Row row) {
    var deflated = row.value(deflatedName);
    if (deflated != null) {
      return Body.of(inflate(deflated.b().asByteArrayUnsafe()));
    }
    var plain = row.value(name);
    return plain == null ? Body.EMPTY : Body.of(plain.b().asByteArrayUnsafe());
  }

  private static byte[] deflate(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length / 2);
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] inflate(byte[] bytes) {
    try (var inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return inflater.readAllBytes();
    } catch (IOException damaged) {
      throw new UnreadableItem("body not readable", damaged);
    }
  }
}
