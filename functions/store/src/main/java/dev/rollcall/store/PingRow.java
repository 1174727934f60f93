package dev.rollcall.store;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A ping as a log entry. An entry under 1 KB costs one write unit; a body is compressed where that
/// can save one.
final class PingRow {
  private static final String AT = "at";
  private static final String SIGNAL = "signal";
  private static final String RUN = "rid";
  private static final String EXIT_STATUS = "exit";
  private static final String SCHEME = "scheme";
  private static final String ADDRESS = "address";
  private static final String METHOD = "method";
  private static final String AGENT = "agent";
  private static final String BODY = "body";
  private static final String DEFLATED = "deflated";

  /// Bodies up to this size fit into the first write unit beside the rest of the entry.
  private static final int SMALL = 512;

  private PingRow() {}

  static void write(Ping ping, Row row) {
    var source = ping.source();
    row.number(AT, Micros.of(ping.at()))
        .text(SIGNAL, word(ping.signal()))
        .text(RUN, ping.signal().run() == null ? null : ping.signal().run().toString())
        .number(EXIT_STATUS, ping.exitStatus() == null ? null : ping.exitStatus().longValue())
        .text(SCHEME, source.scheme())
        .text(ADDRESS, source.address())
        .text(METHOD, source.method())
        .text(AGENT, source.agent());
    if (!ping.body().isEmpty()) {
      write(ping.body(), row);
    }
  }

  static Ping read(CheckId check, long number, Row row) {
    var exitStatus = row.numberOrNull(EXIT_STATUS);
    return new Ping(
        check,
        number,
        Micros.instant(row.number(AT)),
        signal(row.text(SIGNAL), run(row)),
        exitStatus == null ? null : exitStatus.intValue(),
        new Ping.Source(
            row.text(SCHEME),
            row.textOrNull(ADDRESS),
            row.textOrEmpty(METHOD),
            row.textOrEmpty(AGENT)),
        body(row));
  }

  private static void write(Body body, Row row) {
    var bytes = body.bytes();
    if (bytes.length > SMALL) {
      var deflated = deflate(bytes);
      if (deflated.length < bytes.length) {
        row.with(DEFLATED, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(deflated)));
        return;
      }
    }
    row.with(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
  }

  private static Body body(Row row) {
    var deflated = row.value(DEFLATED);
    if (deflated != null) {
      return Body.of(inflate(deflated.b().asByteArrayUnsafe()));
    }
    var plain = row.value(BODY);
    return plain == null ? Body.EMPTY : Body.of(plain.b().asByteArrayUnsafe());
  }

  private static String word(Signal signal) {
    return switch (signal) {
      case Signal.Start _ -> "start";
      case Signal.Success _ -> "success";
      case Signal.Failure _ -> "fail";
      case Signal.Log _ -> "log";
      case Signal.Ignored _ -> "ign";
    };
  }

  private static Signal signal(String word, @Nullable RunId run) {
    return switch (word) {
      case "start" -> new Signal.Start(run);
      case "success" -> new Signal.Success(run);
      case "fail" -> new Signal.Failure(run);
      case "log" -> new Signal.Log(run);
      case "ign" -> new Signal.Ignored(run);
      default -> throw new UnreadableItem("no signal called " + word);
    };
  }

  private static @Nullable RunId run(Row row) {
    var run = row.textOrNull(RUN);
    return run == null ? null : new RunId(UUID.fromString(run));
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
