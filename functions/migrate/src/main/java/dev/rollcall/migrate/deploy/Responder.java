package dev.rollcall.migrate.deploy;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sees to it that CloudFormation gets an answer, whatever becomes of the work: without one it
/// waits for as long as the resource allows and then goes back.
final class Responder {
  private static final Logger LOG = System.getLogger(Responder.class.getName());
  private static final int TRIES = 5;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration TRY = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Duration pause;

  /// @param pause before the second try; it doubles with each further one
  Responder(InstantSource clock, Duration pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /// The answer could not be put. Lambda then delivers the request again.
  static final class Undelivered extends RuntimeException {
    private static final long serialVersionUID = 1;

    Undelivered(String why) {
      super("CloudFormation could not be answered: " + why);
    }
  }

  /// Does the work and puts its answer. If the work takes until `latest`, `instead` is asked for an
  /// answer and that one is put; what the work says after that is not.
  ///
  /// @param failed makes the answer when either of them throws, be it an [Error]
  /// @throws Undelivered when the URL took no answer
  void answer(
      Request request,
      Instant latest,
      Supplier<Answer> work,
      Supplier<Answer> instead,
      Failure failed) {
    var delivery = new Delivery(request);
    var left = Math.max(0, Duration.between(clock.instant(), latest).toMillis());
    var watchdog =
        CompletableFuture.runAsync(
            () -> delivery.put(from(instead, failed)),
            CompletableFuture.delayedExecutor(
                left, TimeUnit.MILLISECONDS, command -> Thread.ofVirtual().start(command)));
    var answer = from(work, failed);
    watchdog.cancel(false);
    delivery.put(answer);
  }

  /// What is answered when something was thrown.
  interface Failure {
    Answer of(Throwable thrown);
  }

  // Errors too: whoever does not answer keeps the deployment waiting.
  private static Answer from(Supplier<Answer> source, Failure failed) {
    try {
      return source.get();
    } catch (Throwable thrown) {
      return failed.of(thrown);
    }
  }

  /// One answer, put once.
  private final class Delivery {
    private final Request request;
    private boolean delivered;

    Delivery(Request request) {
      this.request = request;
    }

    /// Waits for another thread that is putting its answer: Lambda stops everything on return.
    synchronized void put(Answer answer) {
      if (!delivered) {
        Responder.this.put(request, answer);
        delivered = true;
      }
    }
  }

  private void put(Request request, Answer answer) {
    var put = request(request, answer);
    var why = "";
    try (var client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      for (int number = 1; number <= TRIES; number++) {
        try {
          var status = client.send(put, BodyHandlers.discarding()).statusCode();
          if (status < 300) {
            return;
          }
          why = "HTTP " + status;
          if (status < 500 && status != 408 && status != 429) {
            break;
          }
        } catch (IOException notTaken) {
          why = notTaken.getClass().getSimpleName();
        }
        if (number < TRIES) {
          Thread.sleep(pause.multipliedBy(1L << (number - 1)));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      why = "interrupted";
    }
    LOG.log(Level.ERROR, "{0} could not be answered: {1}", request, why);
    throw new Undelivered(why);
  }

  /// The signature covers the content type, which must be empty: the client sends none by itself.
  private static HttpRequest request(Request request, Answer answer) {
    @Nullable HttpRequest put = null;
    try {
      put =
          HttpRequest.newBuilder(URI.create(request.answerTo()))
              .version(HttpClient.Version.HTTP_1_1)
              .timeout(TRY)
              .PUT(BodyPublishers.ofByteArray(answer.to(request)))
              .build();
    } catch (IllegalArgumentException noAddress) {
      // Its message would repeat the URL.
    }
    if (put == null) {
      throw new Undelivered("its ResponseURL is no http or https URL");
    }
    return put;
  }
}
