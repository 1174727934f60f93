package dev.rollcall.integration;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.json.JsonMapper;

/// Events as Lambda hands them to functions.
final class Events {
  private static final JsonMapper JSON = new JsonMapper();

  private Events() {}

  /// A request by way of the HTTP API, payload format 2.0.
  ///
  /// @param target path and query, percent-encoded
  /// @param headers by their names in lower case
  static InputStream request(
      String method, String target, Map<String, String> headers, String body) {
    var parts = target.split("\\?", 2);
    return json(
        Map.of(
            "version",
            "2.0",
            "rawPath",
            parts[0],
            "rawQueryString",
            parts.length > 1 ? parts[1] : "",
            "headers",
            headers,
            "requestContext",
            Map.of(
                "requestId",
                UUID.randomUUID().toString(),
                "http",
                Map.of("method", method, "path", parts[0], "sourceIp", "203.0.113.7")),
            "body",
            Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)),
            "isBase64Encoded",
            true));
  }

  /// Messages of a queue.
  static InputStream messages(String arn, List<Message> messages) {
    return json(
        Map.of("Records", messages.stream().map(message -> message(arn, message)).toList()));
  }

  /// What SES tells of a mail that it has put into the bucket.
  static InputStream mail(Letter letter) {
    var mail =
        Map.of(
            "timestamp", letter.at().toString(),
            "source", Letter.FROM,
            "messageId", letter.id(),
            "destination", letter.to());
    var ses = Map.of("mail", mail, "receipt", Map.of("recipients", letter.to()));
    return json(Map.of("Records", List.of(Map.of("eventSource", "aws:ses", "ses", ses))));
  }

  /// The schedule's, every minute.
  static InputStream tick() {
    return json(Map.of("source", "rollcall.schedule"));
  }

  private static Map<String, Object> message(String arn, Message message) {
    return Map.of(
        "messageId", message.messageId(),
        "receiptHandle", message.receiptHandle(),
        "body", message.body(),
        "attributes", message.attributesAsStrings(),
        "eventSource", "aws:sqs",
        "eventSourceARN", arn,
        "awsRegion", "eu-central-1");
  }

  private static InputStream json(Map<String, Object> event) {
    return new ByteArrayInputStream(JSON.writeValueAsBytes(event));
  }
}
