package dev.rollcall.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/// Hands requests on to an API elsewhere, so that to a browser page and API are one site. It logs
/// nothing: requests have keys in their headers, and in the paths of badges.
final class Relay {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /// A little longer than API Gateway waits for a function.
  private static final Duration LONGEST = Duration.ofSeconds(35);

  /// What the API goes by. Cookies are those of whatever else runs on this machine.
  private static final List<String> ASKED =
      List.of("accept", "accept-encoding", "content-type", "if-none-match", "x-api-key");

  /// What is between two machines only, or said anew.
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "set-cookie",
          "strict-transport-security",
          "transfer-encoding");

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI api;

  /// @param api the beginning of its addresses, without a slash at the end
  Relay(URI api) {
    this.api = api;
  }

  URI api() {
    return api;
  }

  Answer pass(Request request, byte[] body) {
    var headers = new HashMap<String, String>();
    for (var name : ASKED) {
      var value = request.getHeaders().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return send(request.getMethod(), request.getHttpURI().getPathQuery(), headers, body);
  }

  /// The answer of the API; 502 or 504 when there is none.
  Answer send(String method, String pathAndQuery, Map<String, String> headers, byte[] body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(api + pathAndQuery))
              .timeout(LONGEST)
              .method(
                  method,
                  body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      var response = http.send(request.build(), BodyHandlers.ofByteArray());
      var passed = new HashMap<String, String>();
      response
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name) && !name.startsWith(":")) {
              passed.put(name, String.join(", ", values));
            }
          });
      return new Answer(response.statusCode(), passed, response.body());
    } catch (HttpTimeoutException slow) {
      return Answer.problem(504, api + " took too long to answer");
    } catch (IOException unreachable) {
      return Answer.problem(502, api + " cannot be reached: " + reason(unreachable));
    } catch (IllegalArgumentException malformed) {
      return Answer.problem(400, "the address is not well formed");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Answer.problem(503, "the dashboard is being stopped");
    }
  }

  private static String reason(IOException failure) {
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
