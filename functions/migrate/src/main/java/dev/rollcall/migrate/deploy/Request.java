package dev.rollcall.migrate.deploy;

import dev.rollcall.core.digest.Sha256;
import java.util.Map;

/// What CloudFormation asks of a custom resource.
///
/// @param answerTo the presigned URL that the answer is put to. Whoever has it can answer: it is
///   never logged and never stored
/// @param stack the ARN of the stack
/// @param id CloudFormation's name for the request. A deployment that is tried again may reuse it
/// @param resource the resource's name in the template. It is the physical name too, so that
///   CloudFormation never takes a change for a replacement
/// @param type such as `Custom::Schema`
/// @param properties as the template gives them; all are texts
public record Request(
    Kind kind,
    String answerTo,
    String stack,
    String id,
    String resource,
    String type,
    Map<String, String> properties) {

  private static final int IDENTITY_DIGITS = 32;

  /// What is done to the resource. It says nothing about a direction: a rollback is an update too.
  public enum Kind {
    CREATE,
    UPDATE,
    DELETE
  }

  public Request {
    properties = Map.copyOf(properties);
  }

  /// The name of this very question. Lambda delivers it again with the same URL; a deployment that
  /// is tried again brings a new one, although its `id` may be the same.
  String identity() {
    return Sha256.hex(id + answerTo).substring(0, IDENTITY_DIGITS);
  }

  /// Without the URL.
  @Override
  public String toString() {
    return kind + " " + resource + " " + id;
  }
}
