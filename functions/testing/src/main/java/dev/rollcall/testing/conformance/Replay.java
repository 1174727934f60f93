package dev.rollcall.testing.conformance;

import dev.rollcall.core.check.Body;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// One case being replayed.
public final class Replay {
  private final Service service;
  private final Names names;

  private Replay(Service service) {
    this.service = service;
    names = new Names(service);
  }

  /// Replays a case in a project of its own.
  ///
  /// @return how the service differs from the recording, or empty when it does not
  public static Optional<String> of(Case recorded, Service service) {
    var replay = new Replay(service);
    replay.project("");
    for (int i = 0; i < recorded.steps().size(); i++) {
      var step = recorded.steps().get(i);
      var difference = replay.take(step);
      if (difference.isPresent()) {
        return Optional.of("step %d %s: %s".formatted(i, replay.describe(step), difference.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> take(Map<String, @Nullable Object> step) {
    return switch (text(step, "op")) {
      case "http" -> http(step);
      case "project" -> {
        project(text(step, "prefix"));
        yield Optional.empty();
      }
      case "profile" -> {
        service.limit(
            names.value("pcode"),
            step.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("_limit"))
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, entry -> number(entry.getValue()).intValue())));
        yield Optional.empty();
      }
      case "channel" -> {
        names.put(text(step, "as"), service.channel(names.value("pcode"), channel(step)));
        yield Optional.empty();
      }
      case "advance" -> {
        service.advance(number(step.get("seconds")).longValue());
        yield Optional.empty();
      }
      case "hookstatus" -> {
        service.answerHooks(
            Json.list(step.get("seq")).stream().map(status -> number(status).intValue()).toList());
        yield Optional.empty();
      }
      case "tick" -> tick(step);
      default -> throw new IllegalArgumentException("no such step: " + step.get("op"));
    };
  }

  private void project(String prefix) {
    var keys = service.project();
    names.put(prefix + "rw", keys.readWrite());
    names.put(prefix + "ro", keys.readOnly());
    names.put(prefix + "pk", keys.ping());
    names.put(prefix + "pcode", keys.id());
    names.put(prefix + "bk", keys.badge());
  }

  private Map<String, Object> channel(Map<String, @Nullable Object> step) {
    var channel = new LinkedHashMap<String, Object>();
    for (var field : List.of("kind", "name", "value", "assign", "disabled")) {
      var value = names.fill(step.get(field));
      if (value != null) {
        channel.put(field, value);
      }
    }
    return channel;
  }

  private Optional<String> http(Map<String, @Nullable Object> step) {
    var answer = service.send(request(step));
    var got = read(answer, Json.object(step.get("save")), service.now());
    if (Boolean.TRUE.equals(step.get("volatile"))
        || Boolean.TRUE.equals(step.get("differs_on_postgres"))) {
      return answer.status() < 500 ? Optional.empty() : Optional.of("status " + answer.status());
    }
    return Comparison.difference(Json.object(step.get("expect")), got);
  }

  private Service.Request request(Map<String, @Nullable Object> step) {
    var target = names.fill(text(step, "path"));
    var headers = new LinkedHashMap<String, String>();
    headers.put("User-Agent", "conformance/1");
    Json.object(step.get("headers"))
        .forEach((name, value) -> headers.put(name, names.fill(String.valueOf(value))));
    return new Service.Request(
        text(step, "method"),
        target.startsWith("http") ? target.substring(service.base().length()) : target,
        headers,
        body(step.get("body")));
  }

  private Body body(@Nullable Object recorded) {
    return switch (recorded) {
      case null -> Body.EMPTY;
      case String text -> utf8(text.equals("{") ? text : names.fill(text));
      case Map<?, ?> map when map.keySet().equals(Set.of("b64")) ->
          Body.of(Base64.getDecoder().decode(String.valueOf(map.get("b64"))));
      case Map<?, ?> map when map.get("rep") instanceof List<?> rep && map.size() == 1 ->
          utf8(String.valueOf(rep.get(0)).repeat(number(rep.get(1)).intValue()));
      default -> utf8(Json.write(names.fill(recorded)));
    };
  }

  private Map<String, @Nullable Object> read(
      Service.Answer answer, Map<String, @Nullable Object> save, Instant at) {
    var read = new LinkedHashMap<String, @Nullable Object>();
    read.put("status", answer.status());
    read.put("headers", headers(answer, at));
    if ("gzip".equals(answer.headers().get("content-encoding"))) {
      read.put("body", "<gzip>");
      return read;
    }
    var text = text(answer.body());
    if (text.isEmpty()) {
      var bytes = answer.body().bytes();
      var head = Arrays.copyOf(bytes, Math.min(200, bytes.length));
      read.put("body_b64", Base64.getEncoder().encodeToString(head));
      read.put("body_len", bytes.length);
      return read;
    }
    save(save, text.get(), read);
    if (answer.headers().getOrDefault("content-type", "").contains("json")) {
      read.put("json", Json.read(names.hide(text.get(), at)));
    } else if (text.get().codePointCount(0, text.get().length()) > 3000) {
      read.put("body_len", answer.body().size());
      read.put("body_sha256", sha256(answer.body()));
    } else {
      read.put("body", names.hide(text.get(), at));
    }
    return read;
  }

  private Map<String, @Nullable Object> headers(Service.Answer answer, Instant at) {
    var headers = new LinkedHashMap<String, @Nullable Object>();
    answer
        .headers()
        .forEach((name, value) -> {
          if (Comparison.HEADERS.contains(name)) {
            headers.put(
                name,
                names.hide(
                    name.equals("access-control-allow-methods") ? sorted(value) : value, at));
          }
        });
    return headers;
  }

  private void save(
      Map<String, @Nullable Object> save, String answered, Map<String, @Nullable Object> read) {
    save.forEach((name, path) -> {
      try {
        var value = Json.read(answered);
        for (var step : String.valueOf(path).split("\\.", -1)) {
          value = Json.object(value).get(step);
        }
        names.put(name, String.valueOf(value));
      } catch (JacksonException | ClassCastException nothing) {
        read.put("save_failed", name);
      }
    });
  }

  private Optional<String> tick(Map<String, @Nullable Object> step) {
    var expected = Json.list(step.get("hooks")).stream().map(Replay::comparable).toList();
    var received = service.sweep().stream().map(Replay::shown).toList();
    var got =
        Json.list(Json.read(names.hide(Json.write(received), service.now()))).stream()
            .map(Replay::comparable)
            .toList();
    return Comparison.isSame(expected, got)
        ? Optional.empty()
        : Optional.of("webhooks: %s, not %s".formatted(Json.write(got), Json.write(expected)));
  }

  private static Map<String, Object> shown(Service.Hook hook) {
    return Map.of(
        "method", hook.method(),
        "path", hook.path(),
        "headers", hook.headers(),
        "body", hook.body());
  }

  /// A webhook's request with only those headers that it was set up with.
  private static Map<String, @Nullable Object> comparable(@Nullable Object hook) {
    var comparable = new LinkedHashMap<String, @Nullable Object>(Json.object(hook));
    var headers =
        new LinkedHashMap<String, @Nullable Object>(Json.object(comparable.get("headers")));
    headers.keySet().removeIf(name -> !name.equals("content-type") && !name.startsWith("x-"));
    comparable.put("headers", headers);
    return comparable;
  }

  private String describe(Map<String, @Nullable Object> step) {
    return step.containsKey("method")
        ? text(step, "method") + " " + text(step, "path")
        : text(step, "op");
  }

  private static String text(Map<String, @Nullable Object> step, String field) {
    return String.valueOf(step.get(field));
  }

  private static Number number(@Nullable Object value) {
    return value instanceof Number number ? number : 0;
  }

  private static String sorted(String methods) {
    return Arrays.stream(methods.split(","))
        .map(String::strip)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Body utf8(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> text(Body body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.bytes())).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  private static String sha256(Body body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.bytes()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
