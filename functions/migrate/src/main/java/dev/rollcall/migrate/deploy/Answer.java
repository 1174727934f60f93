package dev.rollcall.migrate.deploy;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What CloudFormation is told.
///
/// @param success whether the deployment goes on. Where it does not, CloudFormation goes back to
///   what was deployed before
/// @param state where the resource stands, such as `STEADY` or `SETTLING`: its attribute `State`
/// @param reason for people; empty when there is nothing to say
record Answer(boolean success, String state, String reason) {

  /// CloudFormation takes 4096 bytes and drops the answer that is longer.
  static final int MOST_BYTES = 4096;

  /// So much of a reason is kept: as JSON it takes six bytes a character at most, and the rest of
  /// the answer less than a kilobyte.
  static final int REASON = 500;

  /// The state of what does what it can, and should be looked at.
  static final String DEGRADED = "DEGRADED";

  static final String SUCCESS = "SUCCESS";

  private static final JsonFactory JSON = new JsonFactory();

  Answer {
    reason = reason.length() <= REASON ? reason : reason.substring(0, REASON - 1) + "…";
  }

  static Answer success(String state) {
    return new Answer(true, state, "");
  }

  static Answer failed(String reason) {
    return new Answer(false, "FAILED", reason);
  }

  /// For a rollback: it has to go on, or the stack is stuck between two releases.
  static Answer degraded(String reason) {
    return new Answer(true, DEGRADED, reason);
  }

  String status() {
    return success ? SUCCESS : "FAILED";
  }

  /// As CloudFormation reads it.
  byte[] to(Request request) {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("Status", status());
      if (!reason.isEmpty()) {
        json.writeStringProperty("Reason", reason);
      }
      json.writeStringProperty("PhysicalResourceId", request.resource());
      json.writeStringProperty("StackId", request.stack());
      json.writeStringProperty("RequestId", request.id());
      json.writeStringProperty("LogicalResourceId", request.resource());
      json.writeName("Data");
      json.writeStartObject();
      json.writeStringProperty("State", state);
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
