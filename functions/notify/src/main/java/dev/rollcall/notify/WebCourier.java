package dev.rollcall.notify;

import dev.rollcall.core.channel.Delivery.Post;
import dev.rollcall.core.check.Body;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Sends requests to addresses that strangers have chosen. Hence: no address of a private network,
/// wherever a name or a redirect leads; limits on time, redirects and the size of answers; nothing
/// kept from one request to the next, neither cookies nor connections.
final class WebCourier implements AutoCloseable {

  /// @param connect for a connection to one address
  /// @param whole for everything, redirects included
  record Limits(Duration connect, Duration whole) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  /// As the reference.
  private static final int REDIRECTS = 3;

  /// How much of an answer is read, out of courtesy: hanging up earlier is an error to some
  /// servers.
  private static final int ANSWER_LIMIT = 64 * 1024;

  private static final int CONNECTIONS = 1000;

  /// What may follow a redirect to another site. Other headers may be secrets of the first.
  private static final Set<String> HARMLESS = Set.of("accept", "content-type", "user-agent");

  private static final Outcome LATE = new Outcome.TryAgain("no answer in time", null);

  private static final byte[] NOTHING = {};

  private static final Optional<Hop> NOWHERE = Optional.empty();

  private final CloseableHttpClient client;
  private final Limits limits;
  private final InstantSource clock;

  WebCourier(CheckedDns dns, Limits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    client = client(dns, limits);
  }

  /// Sends a request unsigned.
  Outcome send(Post post) {
    return send(post, null);
  }

  /// A status that has arrived decides, even when the rest of the answer is late.
  ///
  /// @param signature null for none. A request that brings headers of a signature goes as it is:
  ///   they are another's
  Outcome send(Post post, @Nullable Signature signature) {
    var signed = Signature.isIn(post.headers()) ? null : signature;
    var first = new Hop(post.method(), post.uri(), post.headers(), post.body(), signed);
    var known = new AtomicReference<Outcome>(LATE);
    var exchange = new FutureTask<>(() -> follow(post, first, known));
    Thread.startVirtualThread(exchange);
    try {
      return exchange.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooSlow) {
      return known.get();
    } catch (ExecutionException failed) {
      return failure(Objects.requireNonNullElse(failed.getCause(), failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", stopped);
    } finally {
      exchange.cancel(true);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private Outcome follow(Post post, Hop first, AtomicReference<Outcome> known)
      throws IOException, HttpException {
    var hop = first;
    for (int redirects = 0; ; redirects++) {
      known.set(LATE);
      var answer = exchange(hop, arrived -> known.set(judge(post, arrived)));
      var outcome = judge(post, answer);
      var next = outcome instanceof Outcome.TryAgain ? hop.redirected(answer) : NOWHERE;
      if (next.isEmpty()) {
        return outcome;
      }
      if (redirects == REDIRECTS) {
        return new Outcome.TryAgain("redirected too often", null);
      }
      if (!next.get().isWeb()) {
        return new Outcome.Refused("redirected to something that is no website");
      }
      hop = next.get();
    }
  }

  private static Outcome judge(Post post, Answer answer) {
    if (post.success().contains(answer.status())) {
      return new Outcome.Sent();
    }
    var reason = "answered " + answer.status();
    return post.refused().contains(answer.status())
        ? new Outcome.Refused(reason)
        : new Outcome.TryAgain(reason, answer.retryAfter());
  }

  private Answer exchange(Hop hop, Consumer<Answer> arrived) throws IOException, HttpException {
    var request = new HttpUriRequestBase(hop.method(), hop.uri());
    hop.headers().forEach(request::setHeader);
    var isGet = hop.method().equals("GET");
    var body = isGet ? NOTHING : hop.body().bytes();
    if (!isGet) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
    var signature = hop.signature();
    if (signature != null) {
      signature.headers(clock.instant(), body).forEach(request::setHeader);
    }
    var host = new HttpHost(hop.uri().getScheme(), hop.uri().getHost(), hop.uri().getPort());
    try {
      var response = client.executeOpen(host, request, null);
      var answer =
          new Answer(
              response.getCode(), header(response, "Location"), retryAfter(response).orElse(null));
      arrived.accept(answer);
      readSome(response);
      return answer;
    } finally {
      // Drops the connection. To close the answer would be to read it to its end, and it may have
      // none.
      request.abort();
    }
  }

  private static void readSome(ClassicHttpResponse response) {
    try {
      if (response.getEntity() != null) {
        response.getEntity().getContent().readNBytes(ANSWER_LIMIT);
      }
    } catch (IOException cut) {
      // The status has arrived, and it decides.
    }
  }

  private static Outcome failure(Throwable cause) {
    return switch (cause) {
      case CheckedDns.ForbiddenAddress _ ->
          new Outcome.Refused("private addresses are not allowed");
      case UnknownHostException _ -> new Outcome.TryAgain("name not found", null);
      case ConnectTimeoutException _ -> new Outcome.TryAgain("no connection in time", null);
      case SocketTimeoutException _ -> new Outcome.TryAgain("no answer in time", null);
      case SSLException _ -> new Outcome.TryAgain("no secure connection", null);
      case IOException _, HttpException _ -> new Outcome.TryAgain("connection failed", null);
      default -> throw new IllegalStateException("sending broke", cause);
    };
  }

  private Optional<Duration> retryAfter(ClassicHttpResponse response) {
    var value = header(response, "Retry-After");
    if (value == null) {
      return Optional.empty();
    }
    try {
      var wait =
          value.chars().allMatch(Character::isDigit)
              ? Duration.ofSeconds(Integer.parseInt(value))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(wait).filter(Duration::isPositive);
    } catch (NumberFormatException | DateTimeException notUnderstood) {
      return Optional.empty();
    }
  }

  private static @Nullable String header(ClassicHttpResponse response, String name) {
    var header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static CloseableHttpClient client(CheckedDns dns, Limits limits) {
    var whole = Timeout.of(limits.whole());
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(dns)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(whole)
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build())
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(whole).build())
        .setConnectionReuseStrategy((_, _, _) -> false)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableDefaultUserAgent()
        .build();
  }

  /// What of an answer counts.
  private record Answer(int status, @Nullable String location, @Nullable Duration retryAfter) {}

  /// One request on the way. Each is signed anew, over what it sends.
  private record Hop(
      String method,
      URI uri,
      Map<String, String> headers,
      Body body,
      @Nullable Signature signature) {
    private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);

    /// Where the answer leads, by RFC 9110, section 15.4; empty when it leads nowhere.
    Optional<Hop> redirected(Answer answer) {
      if (!REDIRECT.contains(answer.status()) || answer.location() == null) {
        return Optional.empty();
      }
      try {
        var next = uri.resolve(new URI(answer.location()));
        var asGet = answer.status() == 303 || (answer.status() < 303 && method.equals("POST"));
        var stays = origin(next).equals(origin(uri));
        return Optional.of(
            new Hop(
                asGet ? "GET" : method,
                next,
                stays ? headers : harmless(),
                asGet ? Body.EMPTY : body,
                stays ? signature : null));
      } catch (URISyntaxException nowhere) {
        return Optional.empty();
      }
    }

    boolean isWeb() {
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    }

    private Map<String, String> harmless() {
      var kept = new LinkedHashMap<>(headers);
      kept.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
      return kept;
    }

    private static String origin(URI uri) {
      return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
  }
}
