package dev.rollcall.integration;

import java.net.URI;

/// Where a cloud listens: AWS's own protocols at addresses on this machine.
record Endpoints(URI dynamoDb, URI sqs, URI ses, URI s3) {

  /// A cloud with one address for everything.
  static Endpoints at(URI all) {
    return new Endpoints(all, all, all, all);
  }
}
