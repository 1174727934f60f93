package dev.rollcall.local.queue;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Lambda sends to a function for the messages of a queue, and how it understands the answer.
/// Shapes and rules are those of "Using Lambda with Amazon SQS" in Lambda's developer guide.
final class SqsEvent {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// An answer that does not say which messages failed, so that all of them have to count as
  /// failed.
  static final class MalformedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String message) {
      super(message);
    }
  }

  private SqsEvent() {}

  /// The event for `messages`, which come from the queue that `arn` names, as UTF-8 JSON.
  static byte[] of(String arn, List<Message> messages) {
    var event = JSON.createObjectNode();
    var records = event.putArray("Records");
    for (var message : messages) {
      var item = records.addObject();
      item.put("messageId", message.messageId());
      item.put("receiptHandle", message.receiptHandle());
      item.put("body", message.body());
      var attributes = item.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
      var own = item.putObject("messageAttributes");
      message.messageAttributes().forEach((name, value) -> attribute(own.putObject(name), value));
      item.put("md5OfBody", message.md5OfBody());
      item.put("eventSource", "aws:sqs");
      item.put("eventSourceARN", arn);
      item.put("awsRegion", arn.split(":", -1)[3]);
    }
    return JSON.writeValueAsBytes(event);
  }

  private static void attribute(ObjectNode json, MessageAttributeValue value) {
    if (value.stringValue() != null) {
      json.put("stringValue", value.stringValue());
    }
    if (value.binaryValue() != null) {
      var bytes = value.binaryValue().asByteArrayUnsafe();
      json.put("binaryValue", Base64.getEncoder().encodeToString(bytes));
    }
    json.putArray("stringListValues");
    json.putArray("binaryListValues");
    json.put("dataType", value.dataType());
  }

  /// The ids of the messages that `answer` reports as failed (`ReportBatchItemFailures`). An answer
  /// that is empty or null, or whose `batchItemFailures` is missing, null or empty, reports none.
  ///
  /// @throws MalformedAnswer when it is not such an answer, or names a message that is not one of
  ///   `messages`
  static Set<String> failures(byte[] answer, List<Message> messages) {
    if (answer.length == 0) {
      return Set.of();
    }
    var json = parse(answer);
    if (json.isNull()) {
      return Set.of();
    }
    if (!json.isObject()) {
      throw new MalformedAnswer("the answer is no JSON object");
    }
    var reported = json.path("batchItemFailures");
    if (reported.isMissingNode() || reported.isNull()) {
      return Set.of();
    }
    if (!reported.isArray()) {
      throw new MalformedAnswer("batchItemFailures is no array");
    }
    var known = messages.stream().map(Message::messageId).collect(Collectors.toSet());
    var failed = new HashSet<String>();
    for (var item : reported) {
      var id = item.path("itemIdentifier");
      if (!id.isString() || !known.contains(id.stringValue())) {
        throw new MalformedAnswer("an itemIdentifier is not the id of a message of this batch");
      }
      failed.add(id.stringValue());
    }
    return failed;
  }

  private static JsonNode parse(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (JacksonException _) {
      throw new MalformedAnswer("the answer is not JSON");
    }
  }
}
