package dev.rollcall.integration;

import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The bucket that the dashboard is served from, for the tests' own use, unrecorded.
final class SiteBucket implements AutoCloseable {
  private final S3Client s3;
  private final String name;

  /// Makes the bucket.
  SiteBucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
    s3.createBucket(create -> create.bucket(name));
  }

  Set<String> keys() {
    return s3.listObjectsV2Paginator(list -> list.bucket(name)).contents().stream()
        .map(S3Object::key)
        .collect(Collectors.toSet());
  }

  String read(String key) {
    return s3.getObjectAsBytes(get -> get.bucket(name).key(key)).asUtf8String();
  }

  void put(String key, String text) {
    s3.putObject(put -> put.bucket(name).key(key), RequestBody.fromString(text));
  }

  /// Removes the bucket and what is in it.
  @Override
  public void close() {
    keys().forEach(key -> s3.deleteObject(delete -> delete.bucket(name).key(key)));
    s3.deleteBucket(delete -> delete.bucket(name));
    s3.close();
  }
}
