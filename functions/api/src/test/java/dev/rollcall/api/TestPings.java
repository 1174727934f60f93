package dev.rollcall.api;

import dev.rollcall.core.check.Arrival;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.store.Saved;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.conformance.Service;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Pings, as far as the API's own cases need them: by id, well-formed, without keywords.
record TestPings(Stores stores) {
  private static final Pattern PATH =
      Pattern.compile("/ping/([0-9a-f-]{36})(?:/(start|fail|log|[0-9]+))?");
  private static final Pattern RUN = Pattern.compile("rid=([0-9a-f-]{36})");

  static boolean isPing(String target) {
    return target.startsWith("/ping/");
  }

  Service.Answer send(Service.Request request, Instant now) {
    var target = URI.create(request.target());
    var path = PATH.matcher(target.getPath());
    if (!path.matches()) {
      throw new IllegalArgumentException("not for these tests: " + request.target());
    }
    var item = stores.checks().find(new CheckId(UUID.fromString(path.group(1))));
    if (item.isEmpty()) {
      return answer(404, "not found", Map.of());
    }
    var asked = signal(path.group(2), run(target.getQuery()));
    var arrival = new Arrival.Web(asked, request.method(), request.body().text());
    var signal = item.get().check().understand(arrival, Filters.NONE);
    var saved = stores.checks().save(item.get(), now, check -> check.hear(signal, now));
    if (saved instanceof Saved.Done(var stored, _)) {
      log(request, signal, stored.check(), now);
    }
    return answer(
        200, "OK", Map.of("ping-body-limit", "10000", "access-control-allow-origin", "*"));
  }

  private void log(Service.Request request, Signal signal, Check check, Instant now) {
    var agent = request.headers().getOrDefault("User-Agent", "");
    var source = new Ping.Source("http", "127.0.0.1", request.method(), agent);
    stores
        .log()
        .append(
            new Ping(check.id(), check.pings(), now, signal, null, source, request.body()),
            Duration.ofDays(30));
  }

  private static Signal signal(@Nullable String word, @Nullable RunId run) {
    return switch (word) {
      case null -> new Signal.Success(run);
      case "start" -> new Signal.Start(run);
      case "fail" -> new Signal.Failure(run);
      case "log" -> new Signal.Log(run);
      default -> Integer.parseInt(word) == 0 ? new Signal.Success(run) : new Signal.Failure(run);
    };
  }

  private static @Nullable RunId run(@Nullable String query) {
    var run = RUN.matcher(query == null ? "" : query);
    return run.find() ? new RunId(UUID.fromString(run.group(1))) : null;
  }

  private static Service.Answer answer(int status, String text, Map<String, String> headers) {
    var response = HttpResponse.text(status, Answer.Text.HTML, text).with(headers);
    return new Service.Answer(response.status(), response.headers(), response.body());
  }
}
