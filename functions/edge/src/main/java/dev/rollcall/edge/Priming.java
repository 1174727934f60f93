package dev.rollcall.edge;

import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.store.Tables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Runs requests through a function before Lambda takes its snapshot, so that what a first request
/// would load, link and compile is in the snapshot, and then drops the connections that would not
/// outlive it. The requests must change nothing: they come as far as a refusal. What lies beyond
/// that is [rehearsed][#rehearsing] first. A function that cannot be primed is deployed all the
/// same; its first requests are slower.
///
/// Lambda calls this where a function has SnapStart, by the [hooks of
/// CRaC](https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html). The
/// function has to keep it: the context refers to it weakly.
public final class Priming implements Resource {
  private static final Logger LOG = System.getLogger(Priming.class.getName());
  private static final JsonFactory JSON = new JsonFactory();

  /// How often each request runs.
  private static final int ROUNDS = 5;

  /// How often each request is rehearsed. What every request does comes to more than the 200 calls
  /// after which the JVM's first compiler takes a method.
  private static final int REHEARSALS = 60;

  /// How many requests may fail before priming is given up. The first may well take longer than a
  /// call may: it loads everything.
  private static final int FAILURES = 3;

  /// Zones whose rules are compiled before the snapshot: some from everywhere, so that the rest is
  /// quickly done.
  private static final List<String> CALENDARS =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "America/Los_Angeles",
          "America/Sao_Paulo",
          "Asia/Kolkata",
          "Asia/Tokyo",
          "Australia/Sydney",
          "Africa/Casablanca");

  private final Handler function;
  private final List<Request> requests;
  private @Nullable Play play;

  private Priming(Handler function, List<Request> requests) {
    this.function = function;
    this.requests = List.copyOf(requests);
  }

  /// What is rehearsed: requests to a function on other clients.
  private record Play(
      Tables tables,
      BiFunction<DynamoDbClient, SqsClient, Handler> function,
      List<Request> requests) {}

  /// A function that takes events of an HTTP API.
  @FunctionalInterface
  public interface Handler {
    void handle(InputStream event, OutputStream answer) throws IOException;
  }

  /// A request, as an HTTP API would hand it on.
  ///
  /// @param path percent-encoded
  /// @param status that of the answer when all is well
  public record Request(
      String method, String path, Map<String, String> headers, String body, int status) {

    /// The same with these headers besides.
    public Request with(Map<String, String> more) {
      var all = new LinkedHashMap<>(headers);
      all.putAll(more);
      return new Request(method, path, all, body, status);
    }

    private byte[] event() {
      var out = new ByteArrayOutputStream();
      try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
        json.writeStartObject();
        json.writeStringProperty("version", "2.0");
        json.writeStringProperty("routeKey", "$default");
        json.writeStringProperty("rawPath", path);
        json.writeStringProperty("rawQueryString", "");
        json.writeName("headers");
        json.writeStartObject();
        headers.forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeName("requestContext");
        json.writeStartObject();
        json.writeName("http");
        json.writeStartObject();
        json.writeStringProperty("method", method);
        json.writeStringProperty("path", path);
        json.writeStringProperty("sourceIp", "192.0.2.1");
        json.writeEndObject();
        json.writeStringProperty("requestId", "priming");
        json.writeStringProperty("stage", "$default");
        json.writeNumberProperty("timeEpoch", 0L);
        json.writeEndObject();
        json.writeStringProperty("body", body);
        json.writeBooleanProperty("isBase64Encoded", false);
        json.writeEndObject();
      }
      return out.toByteArray();
    }

    /// Has a function answer this, and says whether it does so with the status expected.
    public boolean isMetBy(Handler function) throws IOException {
      var answer = new ByteArrayOutputStream();
      function.handle(new ByteArrayInputStream(event()), answer);
      return answer.toString(StandardCharsets.UTF_8).contains("\"statusCode\":" + status + ",");
    }
  }

  /// Has a function primed before its snapshot, if there is to be one.
  public static Priming of(Handler function, List<Request> requests) {
    var priming = new Priming(function, requests);
    Core.getGlobalContext().register(priming);
    return priming;
  }

  /// Has requests that end well rehearsed before: on clients that reach nobody.
  ///
  /// @param rehearsed makes the function on the clients of a [Rehearsal]
  public Priming rehearsing(
      Tables tables,
      BiFunction<DynamoDbClient, SqsClient, Handler> rehearsed,
      List<Request> those) {
    play = new Play(tables, rehearsed, List.copyOf(those));
    return this;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    Metrics.mute(true);
    try {
      run();
    } catch (IOException | RuntimeException failure) {
      LOG.log(Level.WARNING, "not primed: {0}", failure.getClass().getSimpleName());
    } finally {
      Metrics.mute(false);
      AwsClients.dropConnections();
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Clients open connections when they need them.
  }

  private void run() throws IOException {
    CALENDARS.forEach(Priming::ask);
    if (play != null) {
      try (var aws = new Rehearsal(play.tables())) {
        repeat(REHEARSALS, play.requests(), play.function().apply(aws.dynamoDb(), aws.sqs()));
      }
    }
    repeat(ROUNDS, requests, function);
  }

  /// Reads a schedule in a zone and asks when it comes. The first is slow: it reads the time zone
  /// data.
  private static void ask(String zone) {
    if (Schedules.parse("0 4 * * 1-5", ZoneId.of(zone)) instanceof Parsed.Valid(var schedule)) {
      schedule.next(Instant.EPOCH);
    }
  }

  private static void repeat(int rounds, List<Request> requests, Handler function)
      throws IOException {
    int failures = 0;
    for (int round = 0; round < rounds; round++) {
      for (var request : requests) {
        if (!request.isMetBy(function) && ++failures == FAILURES) {
          LOG.log(Level.WARNING, "not primed: {0} requests failed", failures);
          return;
        }
      }
    }
  }
}
