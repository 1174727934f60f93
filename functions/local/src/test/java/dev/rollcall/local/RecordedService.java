package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.testing.conformance.Service;
import dev.rollcall.testing.openapi.Exchange;
import dev.rollcall.testing.openapi.Witness;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The whole service as recorded cases want to see it, with a room of the listener's for each case.
/// Every answer must be as the description that the service itself gives of its API.
record RecordedService(Remote remote, Listener.Room room, @Nullable Witness witness)
    implements Service {

  /// What Jetty adds, whatever is asked for.
  private static final Set<String> OF_THE_SERVER =
      Set.of("date", "content-length", "connection", "server");

  @Override
  public String base() {
    return remote.url();
  }

  @Override
  public String listener() {
    return room.url();
  }

  @Override
  public Answer send(Request request) {
    var answer =
        remote
            .http()
            .send(request.method(), request.target(), request.headers(), request.body().bytes());
    var got = new Answer(answer.status(), answer.headers(), Body.of(answer.body()));
    var headers = new HashMap<>(got.headers());
    headers.keySet().removeIf(name -> OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT)));
    var exchange =
        new Exchange(
            request.method(), request.target(), request.body(), got.status(), headers, got.body());
    if (witness != null) {
      assertThat(witness.see(exchange)).isEmpty();
    }
    return got;
  }

  @Override
  public Keys project() {
    var made = remote.control("POST", "/projects", Map.of());
    return new Keys(
        text(made, "uuid"),
        text(made, "api_key"),
        text(made, "api_key_readonly"),
        text(made, "ping_key"),
        text(made, "badge_key"));
  }

  @Override
  public void limit(String project, Map<String, Integer> limits) {
    remote.control("PATCH", "/projects/" + project, limits);
  }

  @Override
  public String channel(String project, Map<String, Object> channel) {
    return text(remote.control("POST", "/projects/" + project + "/channels", channel), "uuid");
  }

  @Override
  public void advance(long seconds) {
    remote.control("POST", "/clock", Map.of("advance", seconds));
  }

  @Override
  public List<Hook> sweep() {
    remote.control("POST", "/sweep", Map.of());
    return room.drain();
  }

  @Override
  public void answerHooks(List<Integer> statuses) {
    room.answer(statuses);
  }

  @Override
  public Instant now() {
    return remote.now();
  }

  private static String text(JsonNode tree, String field) {
    return tree.path(field).asString();
  }
}
