package dev.rollcall.edge;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Tells a watcher elsewhere, such as another Rollcall or Healthchecks, that this instance is
/// watching: alarms of the same account and region do not ring when those are away. One `GET`, no
/// second try: the next beat comes in a minute. Whatever becomes of it, the caller goes on.
///
/// The URL is known to the operator and the watcher, and is never logged.
public final class Heartbeat {

  /// How long all of it may take: finding the host, connecting, and the status of the answer.
  static final Duration LONGEST = Duration.ofSeconds(2);

  private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

  private final SdkHttpClient http;
  private final @Nullable URI url;

  /// @param url what to call; null for nobody
  Heartbeat(SdkHttpClient http, @Nullable URI url) {
    this.http = http;
    this.url = url;
  }

  /// Says that all is well.
  public void beat() {
    if (url == null) {
      return;
    }
    try {
      var status = status(url);
      if (status < 200 || status >= 300) {
        LOG.log(Level.WARNING, "heartbeat answered with {0}", status);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException late) {
      LOG.log(Level.WARNING, "heartbeat not answered in time");
    } catch (ExecutionException | RuntimeException failed) {
      // What failed may quote the address.
      LOG.log(Level.WARNING, "heartbeat not sent");
    }
  }

  /// The HTTP client knows no time-out for a whole request, so the request has a thread of its own.
  private int status(URI address)
      throws ExecutionException, InterruptedException, TimeoutException {
    var request = SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(address).build();
    var call = http.prepareRequest(HttpExecuteRequest.builder().request(request).build());
    var task = new FutureTask<>(() -> status(call));
    Thread.ofVirtual().name("heartbeat").start(task);
    try {
      return task.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (!task.isDone()) {
        call.abort();
      }
    }
  }

  private static int status(ExecutableHttpRequest call) throws Exception {
    var answer = call.call();
    answer.responseBody().ifPresent(body -> body.abort());
    return answer.httpResponse().statusCode();
  }
}
