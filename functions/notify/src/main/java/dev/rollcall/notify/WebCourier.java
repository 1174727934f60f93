package dev.rollcall.notify;

import dev.rollcall.core.channel.Delivery.Post;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
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
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Sends requests to addresses that strangers have chosen. Hence: no address of a private network,
/// wherever a name or a redirect leads; bounds on the time, the redirects and all that is read; and
/// a client of its own for each try, so that nothing is kept from one to the next, neither cookies
/// nor connections nor what a receiver has broken.
final class WebCourier {

  /// @param connect for a connection to one address
  /// @param whole for everything: looking up names, connecting, each redirect, what is read
  record Limits(Duration connect, Duration whole) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  /// As the reference.
  private static final int REDIRECTS = 3;

  /// How much of an answer is read, out of courtesy: hanging up earlier is an error to some
  /// servers.
  private static final int ANSWER_LIMIT = 64 * 1024;

  /// The head of an answer is kept whole: 800 KB at most. An answer that has more, or a line of a
  /// chunk that is longer, is cut off there.
  private static final Http1Config HEAD =
      Http1Config.custom()
          .setMaxLineLength(8 * 1024)
          .setMaxHeaderCount(100)
          .setMaxEmptyLineCount(10)
          .build();

  private static final Outcome LATE = new Outcome.TryAgain("no answer in time", null);

  private static final byte[] NOTHING = {};

  private static final Optional<Hop> NOWHERE = Optional.empty();

  private final CheckedDns dns;
  private final Limits limits;
  private final InstantSource clock;

  /// Knows the authorities that sign certificates, which takes long to read. It keeps nothing of
  /// what receivers answer.
  private final TlsSocketStrategy tls = DefaultClientTlsStrategy.createDefault();

  WebCourier(CheckedDns dns, Limits limits, InstantSource clock) {
    this.dns = dns;
    this.limits = limits;
    this.clock = clock;
  }

  /// Sends a request unsigned.
  Outcome send(Post post) {
    return send(post, null);
  }

  /// A status that has arrived decides, even when the rest of the answer is late.
  ///
  /// When the time is over, the connection is closed, wherever the try is: waiting on a thread of
  /// its own, one that is no virtual thread, because a name server that does not answer would hold
  /// the carrier of others.
  ///
  /// @param signature null for none. A request that brings headers of a signature goes as it is:
  ///   they are another's
  /// @throws IllegalStateException when this thread is interrupted
  Outcome send(Post post, @Nullable Signature signature) {
    var signed = Signature.isIn(post.headers()) ? null : signature;
    var first = new Hop(post.method(), post.uri(), post.headers(), post.body(), signed);
    var known = new AtomicReference<Outcome>(LATE);
    var client = client();
    var exchange = new FutureTask<>(() -> follow(client, post, first, known));
    try {
      Thread.ofPlatform().daemon().name("webhook").start(exchange);
      return exchange.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooSlow) {
      return known.get();
    } catch (ExecutionException failed) {
      return failure(Objects.requireNonNullElse(failed.getCause(), failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", stopped);
    } finally {
      client.close(CloseMode.IMMEDIATE);
      exchange.cancel(true);
    }
  }

  private Outcome follow(
      CloseableHttpClient client, Post post, Hop first, AtomicReference<Outcome> known)
      throws IOException, HttpException {
    var hop = first;
    for (int redirects = 0; ; redirects++) {
      known.set(LATE);
      var answer = exchange(client, hop, arrived -> known.set(judge(post, arrived)));
      var outcome = judge(post, answer);
      var next =
          outcome instanceof Outcome.TryAgain
              ? hop.redirected(answer.status(), answer.location())
              : NOWHERE;
      if (next.isEmpty()) {
        return outcome;
      }
      if (redirects == REDIRECTS) {
        return new Outcome.TryAgain("redirected too often", null);
      }
      if (!next.get().isWeb()) {
        return new Outcome.TryAgain("redirected to something that is no website", null);
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

  private Answer exchange(CloseableHttpClient client, Hop hop, Consumer<Answer> arrived)
      throws IOException, HttpException {
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
    } catch (IOException | RuntimeException cut) {
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
      case MessageConstraintException _ ->
          new Outcome.TryAgain("answered with a head that is too long", null);
      case IOException _, HttpException _ -> new Outcome.TryAgain("connection failed", null);
      default -> Courier.unexpected(cause);
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

  private CloseableHttpClient client() {
    var whole = Timeout.of(limits.whole());
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(dns)
                .setTlsSocketStrategy(tls)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(HEAD).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(whole)
                        .build())
                .setMaxConnPerRoute(REDIRECTS + 1)
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(whole)
                .setProtocolUpgradeEnabled(false)
                .build())
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
}
