package dev.rollcall.mail;

import dev.rollcall.edge.AwsClients;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The bucket of S3 that SES puts messages into, under their ids.
public final class MailBucket implements MailStore {

  /// A large message takes a while, and what is made of it meanwhile too.
  private static final Duration TRY = Duration.ofSeconds(12);

  /// Less than a drain of the inbox has left when its time is up.
  private static final Duration CALL = Duration.ofSeconds(18);

  private final S3Client s3;
  private final String name;

  public MailBucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /// A bucket in the function's own region.
  public static MailBucket named(String name) {
    return new MailBucket(configure(S3Client.builder()).build(), name);
  }

  /// Gives a client's builder what the client of this bucket has.
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configure(
      B builder) {
    return AwsClients.configure(builder, TRY, CALL);
  }

  @Override
  public byte[] beginning(String id, int limit) {
    try {
      return s3.getObject(
          get -> get.bucket(name).key(id).range("bytes=0-" + (limit - 1)),
          reading(message -> message.readNBytes(limit)));
    } catch (S3Exception refusal) {
      // An empty object has no first byte.
      if (refusal.statusCode() == 416) {
        return new byte[0];
      }
      throw refusal;
    }
  }

  @Override
  public <T> Optional<T> read(String id, Reading<T> reading) {
    try {
      return Optional.of(s3.getObject(get -> get.bucket(name).key(id), reading(reading)));
    } catch (S3Exception refusal) {
      // Whoever may not list a bucket is told that it has no such object by 403.
      if (refusal.statusCode() == 404 || refusal.statusCode() == 403) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /// Within the call, so that its time and tries count for the reading as well.
  private static <T> ResponseTransformer<GetObjectResponse, T> reading(Reading<T> reading) {
    return (_, content) -> {
      try {
        return reading.of(content);
      } catch (IOException brokenOff) {
        throw RetryableException.create("a message could not be read to its end", brokenOff);
      } finally {
        end(content);
      }
    };
  }

  /// What is left is not waited for.
  private static void end(AbortableInputStream content) {
    content.abort();
  }
}
