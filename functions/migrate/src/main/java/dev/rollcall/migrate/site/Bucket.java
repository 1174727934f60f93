package dev.rollcall.migrate.site;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The bucket that CloudFront serves the dashboard from.
final class Bucket {
  /// For what never changes under its name: a year, as long as there is.
  static final String FOR_EVER = "public, max-age=31536000, immutable";

  /// For what has to be asked for each time.
  static final String ASK = "no-cache";

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  /// What a condition on an object's tag is answered with where there is no object.
  private static final int GONE = 404;

  private final S3Client s3;
  private final String name;

  Bucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /// A text as it is.
  ///
  /// @param tag changes with the content
  record Stored(String content, String tag) {}

  Optional<Stored> read(String key) {
    try {
      var object = s3.getObjectAsBytes(get -> get.bucket(name).key(key));
      return Optional.of(new Stored(object.asUtf8String(), object.response().eTag()));
    } catch (NoSuchKeyException absent) {
      return Optional.empty();
    }
  }

  Set<String> keys(String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .collect(Collectors.toSet());
  }

  void put(String key, byte[] content, String caching) {
    s3.putObject(object(key, caching).build(), RequestBody.fromBytes(content));
  }

  /// Puts an object in place of the one that was read.
  ///
  /// @return whether it still was the same
  boolean replace(String key, Optional<Stored> read, String content, String caching) {
    var object = object(key, caching);
    read.ifPresentOrElse(stored -> object.ifMatch(stored.tag()), () -> object.ifNoneMatch("*"));
    try {
      s3.putObject(object.build(), RequestBody.fromString(content));
      return true;
    } catch (S3Exception refused) {
      return switch (refused.statusCode()) {
        case PRECONDITION_FAILED, CONFLICT, GONE -> false;
        default -> throw refused;
      };
    }
  }

  void delete(String key) {
    s3.deleteObject(delete -> delete.bucket(name).key(key));
  }

  private PutObjectRequest.Builder object(String key, String caching) {
    return PutObjectRequest.builder()
        .bucket(name)
        .key(key)
        .contentType(type(key))
        .cacheControl(caching);
  }

  /// By the name's ending. A licence has none.
  static String type(String key) {
    return MediaTypes.of(key).orElse("text/plain; charset=utf-8");
  }
}
