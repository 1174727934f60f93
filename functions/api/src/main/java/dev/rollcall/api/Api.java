package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Site;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.migrate.engine.Report;
import dev.rollcall.store.Contended;
import dev.rollcall.store.Stores;
import dev.rollcall.store.UnreadableItem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The management API: answers requests. Whatever a caller sends is answered with a status below
/// 500; 503 says that a table does not answer, or not in a way that this release understands.
public final class Api {
  /// Changes nothing, and is served nowhere.
  private static final String TRACE = "TRACE";

  private static final Logger LOG = System.getLogger(Api.class.getName());

  /// The level of the data, where it is beyond this release's: for the dashboard to say so.
  private static final String DATA_LEVEL = "rollcall-data-level";

  private static final Map<String, String> NOT_KEPT =
      Map.of("cache-control", "max-age=0, no-cache, no-store, must-revalidate, private");

  private final Gate gate;
  private final Keyring keyring;
  private final Routes routes;
  private final InstantSource clock;

  /// @param gate asked whether this release may read and change the data
  /// @param report reads what the data says of its history
  /// @param mailDomain where pings by mail are sent to; null where none are taken
  /// @param deliveries where tests of channels are asked for
  /// @param secrets where those of new channels come from
  /// @param metricsKey who knows it may read the metrics; null when nobody may
  /// @param wrongKeysPerMinute how many of an address, or of one prefix, are answered as such; 0
  ///   for no limit
  public Api(
      Stores stores,
      Gate gate,
      Supplier<Report> report,
      Site site,
      @Nullable String mailDomain,
      Hints hints,
      SqsQueue deliveries,
      Secrets secrets,
      @Nullable String metricsKey,
      int wrongKeysPerMinute,
      InstantSource clock) {
    this.gate = gate;
    this.clock = clock;
    keyring = new Keyring(stores.projects(), stores.failedAttempts(), wrongKeysPerMinute);
    routes =
        new Routes(
            stores,
            site,
            mailDomain,
            hints,
            deliveries,
            secrets,
            metricsKey,
            keyring,
            new DataVersion(gate, report));
  }

  /// What it answers.
  Routes routes() {
    return routes;
  }

  public HttpResponse handle(HttpRequest request) {
    var response = saying(route(request));
    if (request.method().equals("HEAD")) {
      return new HttpResponse(response.status(), response.headers(), Body.EMPTY);
    }
    return Replies.compress(response, request.header("accept-encoding").orElse(""));
  }

  private HttpResponse saying(HttpResponse response) {
    var level = gate.seenAhead();
    return level.isPresent()
        ? response.with(Map.of(DATA_LEVEL, Integer.toString(level.getAsInt())))
        : response;
  }

  private HttpResponse route(HttpRequest request) {
    var path = PathPattern.decode(request.path());
    var match = routes.find(path);
    if (match.isEmpty()) {
      return routes.find(path + "/").isPresent()
          ? moved(request)
          : Replies.write(new Problem.NoSuchPage());
    }
    var variables = match.get().path();
    return switch (match.get().route()) {
      case Route.Shared(_, var endpoints) -> share(request, variables, endpoints);
      case Route.Page(_, var endpoint) ->
          Endpoint.READING.contains(request.method())
              ? Replies.write(answer(endpoint, request, variables))
              : Replies.write(
                  request.method().equals(TRACE)
                      ? new Problem.NoSuchMethod(Endpoint.READING)
                      : new Problem.ReadOnly());
      case Route.Public(_, var handler) ->
          Endpoint.READING.contains(request.method()) || request.method().equals(TRACE)
              ? share(request, variables, Map.of("GET", Endpoint.open(handler))).with(NOT_KEPT)
              : Replies.write(new Problem.ReadOnly());
      case Route.Anyhow(_, var endpoint) -> Replies.write(answer(endpoint, request, variables));
      case Route.Callback(_, var endpoints) ->
          Replies.write(
              Optional.ofNullable(endpoints.get(request.method()))
                  .map(endpoint -> answer(endpoint, request, variables))
                  .orElseGet(() -> new Problem.NoSuchMethod(endpoints.keySet())));
    };
  }

  /// Answers where scripts of other sites may read along. The page that says that there is nothing
  /// is the exception: the reference shows it without a word to them.
  private HttpResponse share(
      HttpRequest request, Map<String, String> variables, Map<String, Endpoint> endpoints) {
    var endpoint = endpoints.get(request.method());
    if (endpoint == null) {
      var isPreflight = request.method().equals("OPTIONS");
      var response =
          isPreflight
              ? Replies.empty(204)
              : Replies.write(new Problem.NoSuchMethod(withOptions(endpoints.keySet())));
      return response.with(sharing(endpoints.keySet()));
    }
    var answer = answer(endpoint, request, variables);
    var response = Replies.write(answer);
    return answer instanceof Problem.NoSuchPage
        ? response
        : response.with(sharing(endpoints.keySet()));
  }

  private Answer answer(Endpoint endpoint, HttpRequest request, Map<String, String> variables) {
    var body =
        request.method().equals("POST") && endpoint.takesBody()
            ? RequestBody.read(request.body())
            : RequestBody.none();
    return switch (body) {
      case RequestBody.Refused(var problem) -> problem;
      case RequestBody.Read(var json) -> admit(endpoint, request, variables, json);
    };
  }

  private Answer admit(
      Endpoint endpoint, HttpRequest request, Map<String, String> variables, ObjectNode json) {
    try {
      if (endpoint.usesTables() && gate.fit() == Fit.UNREADABLE) {
        return new Problem.CannotRead(gate.refusal());
      }
      if (asksForNoKey(endpoint.need())) {
        return endpoint.handler().answer(call(request, variables, null, json));
      }
      var secret = secret(endpoint.need(), request, json);
      if (secret.isEmpty()) {
        return new Problem.KeyMissing();
      }
      return switch (keyring.find(secret, request.address(), clock.instant())) {
        case Keyring.Found.Key(var key) when suffices(key, endpoint.need()) ->
            serve(endpoint, call(request, variables, key, json));
        case Keyring.Found.Key _ -> new Problem.KeyWrong();
        case Keyring.Found.Wrong() when secret.length() != Keyring.KEY_LENGTH ->
            new Problem.KeyMissing();
        case Keyring.Found.Wrong() -> new Problem.KeyWrong();
        case Keyring.Found.TooMany(var wait) -> new Problem.TooManyWrongKeys(wait);
      };
    } catch (Contended | UnreadableItem | SdkException unavailable) {
      LOG.log(Level.WARNING, "no answer from the tables: {0}", unavailable.getClass().getName());
      return new Problem.Unavailable();
    }
  }

  private boolean asksForNoKey(Endpoint.Need need) {
    return switch (need) {
      case NOTHING -> true;
      case READ_WHERE_READABLE -> gate.fit() == Fit.UNREADABLE;
      case READ, WRITE -> false;
    };
  }

  private Answer serve(Endpoint endpoint, Call call) {
    return endpoint.changes(call.request().method()) && gate.fit() != Fit.NORMAL
        ? new Problem.MayNotChange(gate.refusal())
        : endpoint.handler().answer(call);
  }

  private Call call(
      HttpRequest request, Map<String, String> variables, @Nullable ApiKey key, ObjectNode json) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Call(request, variables, key, (fields, next) -> fields.answer(json, next), now);
  }

  /// The header counts, if there is one, even when it is empty.
  private static String secret(Endpoint.Need need, HttpRequest request, ObjectNode json) {
    return request
        .header("x-api-key")
        .or(() ->
            Optional.ofNullable(json.get("api_key"))
                .filter(_ -> need == Endpoint.Need.WRITE)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue))
        .orElse("");
  }

  private static boolean suffices(ApiKey key, Endpoint.Need need) {
    return need != Endpoint.Need.WRITE || key.access() == ApiKey.Access.READ_WRITE;
  }

  private static HttpResponse moved(HttpRequest request) {
    var query = request.query().isEmpty() ? "" : "?" + request.query();
    return Replies.empty(301).with(Map.of("location", request.path() + "/" + query));
  }

  private static Set<String> withOptions(Set<String> methods) {
    var all = new TreeSet<>(methods);
    all.add("OPTIONS");
    return all;
  }

  private static Map<String, String> sharing(Set<String> methods) {
    return Map.of(
        "access-control-allow-origin", "*",
        "access-control-allow-headers", "X-Api-Key",
        "access-control-allow-methods", String.join(", ", withOptions(methods)),
        "access-control-max-age", "600");
  }
}
