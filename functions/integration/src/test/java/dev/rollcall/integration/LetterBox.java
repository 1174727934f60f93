package dev.rollcall.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/// The bucket that mails arrive in, as SES uses it: by S3's wire, signed and unrecorded.
final class LetterBox implements AutoCloseable {
  private static final String REGION = "eu-central-1";

  private static final String IN_REGION =
      "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
          + "<LocationConstraint>"
          + REGION
          + "</LocationConstraint></CreateBucketConfiguration>";

  private final SdkHttpClient http = AwsCrtHttpClient.create();
  private final String root;
  private final Set<String> keys = new LinkedHashSet<>();

  /// Makes the bucket.
  LetterBox(URI endpoint, String name) {
    root = endpoint + "/" + name;
    call(SdkHttpMethod.PUT, "", IN_REGION.getBytes(StandardCharsets.UTF_8));
  }

  /// Keeps a message under its id.
  void put(Letter letter) {
    call(SdkHttpMethod.PUT, "/" + letter.id(), letter.raw());
    keys.add(letter.id());
  }

  /// Removes the bucket and what is in it.
  @Override
  public void close() {
    keys.forEach(key -> call(SdkHttpMethod.DELETE, "/" + key, new byte[0]));
    call(SdkHttpMethod.DELETE, "", new byte[0]);
    http.close();
  }

  private void call(SdkHttpMethod method, String path, byte[] body) {
    var request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(URI.create(root + path))
            .putHeader("Content-Length", Integer.toString(body.length))
            .build();
    var signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(AwsBasicCredentials.create("test", "test"))
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
    var execution = HttpExecuteRequest.builder().request(signed.request());
    signed.payload().ifPresent(execution::contentStreamProvider);
    try {
      var answer = http.prepareRequest(execution.build()).call();
      answer.responseBody().ifPresent(content -> content.abort());
      if (!answer.httpResponse().isSuccessful()) {
        throw new IllegalStateException(
            "S3 answers %s to %s".formatted(answer.httpResponse().statusCode(), method));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
