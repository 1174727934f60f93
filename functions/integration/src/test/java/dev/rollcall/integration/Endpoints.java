package dev.rollcall.integration;

import java.net.URI;

/// Where a cloud listens: AWS's own protocols at addresses on this machine.
///
/// @param isSlow whether it may take seconds for a call that AWS answers in milliseconds
record Endpoints(URI dynamoDb, URI sqs, URI ses, URI s3, boolean isSlow) {

  /// A cloud with one address for everything, which is another process with much to do.
  static Endpoints at(URI all) {
    return new Endpoints(all, all, all, all, true);
  }
}
