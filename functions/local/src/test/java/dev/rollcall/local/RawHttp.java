package dev.rollcall.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// An HTTP client that sends what it is given, hostile lines included, which the JDK's refuses to.
/// One connection a request.
record RawHttp(int port) {
  private static final int PATIENCE_MILLIS = 60_000;

  /// An answer.
  ///
  /// @param headers by name in lower case
  /// @param body all bytes that followed the headers until the connection was closed
  @SuppressWarnings("ArrayRecordComponent") // Read at once, never compared.
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Answer get(String target) {
    return send("GET", target, Map.of(), new byte[0]);
  }

  Answer send(String method, String target, Map<String, String> headers, byte[] body) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Host: localhost:").append(port).append("\r\nConnection: close\r\n\r\n");
    return exchange(head.toString(), body);
  }

  /// Sends a head as it stands, in Latin-1, and a body.
  Answer exchange(String head, byte[] body) {
    try (var socket = new Socket(InetAddress.getByName("localhost"), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var request = new ByteArrayOutputStream();
      request.write(head.getBytes(StandardCharsets.ISO_8859_1));
      request.write(body);
      socket.getOutputStream().write(request.toByteArray());
      return parse(socket.getInputStream().readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Answer parse(byte[] received) {
    var text = new String(received, StandardCharsets.ISO_8859_1);
    var end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IllegalStateException("no HTTP answer: " + text);
    }
    var lines = text.substring(0, end).split("\r\n", -1);
    var headers = new LinkedHashMap<String, String>();
    for (var line : Arrays.asList(lines).subList(1, lines.length)) {
      var field = line.split(":", 2);
      headers.put(field[0].toLowerCase(Locale.ROOT), field[1].strip());
    }
    return new Answer(
        Integer.parseInt(lines[0].split(" ", 3)[1]),
        headers,
        Arrays.copyOfRange(received, end + 4, received.length));
  }
}
