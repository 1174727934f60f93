package dev.rollcall.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/// What the front answers to an HTTP request.
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();

  static Answer json(int status, Object tree) {
    return new Answer(
        status, Map.of("content-type", "application/json"), JSON.writeValueAsBytes(tree));
  }

  static Answer problem(int status, String what) {
    return json(status, Map.of("error", what));
  }

  static Answer text(int status, String text) {
    return new Answer(
        status,
        Map.of("content-type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  /// The same answer with a header more.
  Answer with(String header, String value) {
    var all = new HashMap<>(headers);
    all.put(header, value);
    return new Answer(status, all, body);
  }

  void send(Request request, Response response, Callback callback) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    response.getHeaders().put("content-length", body.length);
    var sent = request.getMethod().equals("HEAD") ? new byte[0] : body;
    response.write(true, ByteBuffer.wrap(sent), callback);
  }
}
