package dev.rollcall.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/// An S3 bucket to read from. One signed `GET` is all that is wanted of S3, and the SDK's client
/// for it would add 4 MB to the zip of every function beside the one that reads.
public final class Bucket {
  private static final int TRIES = 3;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Place place;
  private final Limits limits;

  /// Where a bucket is.
  ///
  /// @param root what the addresses of its objects begin with, without a slash at the end
  record Place(String region, String root) {

    /// @param endpoint of a stand-in for S3, or null for AWS's
    static Place of(String bucket, String region, @Nullable String endpoint) {
      return new Place(
          region,
          endpoint == null
              ? "https://" + bucket + ".s3." + region + ".amazonaws.com"
              : endpoint.replaceFirst("/$", "") + "/" + bucket);
    }
  }

  /// How long one of three tries may take, and how long to wait after the first that failed; twice
  /// as long after the second.
  record Limits(Duration patience, Duration pause) {}

  Bucket(SdkHttpClient http, AwsCredentialsProvider credentials, Place place, Limits limits) {
    this.http = http;
    this.credentials = credentials;
    this.place = place;
    this.limits = limits;
  }

  /// The first `limit` bytes of an object.
  ///
  /// @throws UncheckedIOException when S3 does not answer, or has no such object for this caller
  public byte[] read(String key, int limit) {
    for (int turn = 1; ; turn++) {
      try {
        return fetch(signed(key, limit, Clock.systemUTC()), limit);
      } catch (IOException failure) {
        if (turn == TRIES || failure instanceof Refused) {
          throw new UncheckedIOException("an object of a bucket could not be read", failure);
        }
      }
      rest(limits.pause().multipliedBy(turn));
    }
  }

  /// The request for the first `limit` bytes of an object, as S3 wants it signed: keys are encoded
  /// once and not normalized.
  SdkHttpRequest signed(String key, int limit, Clock clock) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("no key of an object that is read here");
    }
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create(place.root() + "/" + key))
            .putHeader("Range", "bytes=0-" + (limit - 1))
            .build();
    return AwsV4HttpSigner.create()
        .sign(sign ->
            sign.identity(credentials.resolveCredentials())
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, place.region())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock))
        .request();
  }

  /// The HTTP client knows no time-out for a whole request, so the request has a thread of its own.
  private byte[] fetch(SdkHttpRequest request, int limit) throws IOException {
    var call = http.prepareRequest(HttpExecuteRequest.builder().request(request).build());
    var task = new FutureTask<>(() -> content(call, limit));
    Thread.ofVirtual().name("bucket").start(task);
    try {
      return task.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException failure
          ? failure
          : new IOException("S3 was not reached", failed.getCause());
    } catch (TimeoutException late) {
      call.abort();
      throw new IOException("S3 does not answer in time", late);
    } catch (InterruptedException stopping) {
      call.abort();
      Thread.currentThread().interrupt();
      throw new Refused("stopped");
    }
  }

  private static byte[] content(ExecutableHttpRequest call, int limit) throws IOException {
    var answer = call.call();
    var status = answer.httpResponse().statusCode();
    if (status == 200 || status == 206) {
      return bytes(answer, limit);
    }
    answer.responseBody().ifPresent(body -> body.abort());
    // An empty object has no first byte.
    if (status == 416) {
      return new byte[0];
    }
    throw status >= 500 || status == 429
        ? new IOException("S3 answers " + status)
        : new Refused("S3 answers " + status);
  }

  private static byte[] bytes(HttpExecuteResponse answer, int limit) throws IOException {
    var body = answer.responseBody();
    if (body.isEmpty()) {
      return new byte[0];
    }
    try (var content = body.get()) {
      return content.readNBytes(limit);
    }
  }

  private static void rest(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /// An answer that another try would not change.
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
