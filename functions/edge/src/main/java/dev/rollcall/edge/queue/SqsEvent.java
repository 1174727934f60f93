package dev.rollcall.edge.queue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A batch of messages as Lambda hands it to a function: from a queue, or one from a topic.
public record SqsEvent(List<Received> messages) {
  private static final JsonFactory JSON = new JsonFactory();

  /// A message that came from a queue, or from a topic.
  ///
  /// @param queue the queue's name, or the topic's
  /// @param receipt by which its visibility can be changed; empty from a topic
  /// @param receiveCount how often it has been received, this time included; 1 from a topic
  public record Received(String id, String receipt, String queue, String body, int receiveCount) {
    public boolean isFromTopic() {
      return receipt.isEmpty();
    }
  }

  public SqsEvent {
    messages = List.copyOf(messages);
  }

  /// Reads an event. One without records, such as a schedule's, has no messages.
  ///
  /// @throws tools.jackson.core.JacksonException when this is no JSON
  public static SqsEvent read(InputStream event) {
    var messages = new ArrayList<Received>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        var token = parser.nextToken();
        if (name.equals("Records") && token == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            messages.add(record(parser));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return new SqsEvent(messages);
  }

  /// The answer that gives these messages back to their queue, and no other.
  public static byte[] failures(List<String> ids) {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeName("batchItemFailures");
      json.writeStartArray();
      for (var id : ids) {
        json.writeStartObject();
        json.writeStringProperty("itemIdentifier", id);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static Received record(JsonParser parser) {
    var id = "";
    var receipt = "";
    var queue = "";
    var body = "";
    var receiveCount = 1;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "messageId" -> id = parser.getString();
        case "receiptHandle" -> receipt = parser.getString();
        case "body" -> body = parser.getString();
        case "eventSourceARN" -> queue = afterLastColon(parser.getString());
        case "attributes" -> receiveCount = receiveCount(parser);
        case "Sns" -> {
          return fromTopic(parser);
        }
        default -> parser.skipChildren();
      }
    }
    return new Received(id, receipt, queue, body, receiveCount);
  }

  /// Reads on to the end of the record.
  private static Received fromTopic(JsonParser parser) {
    var id = "";
    var topic = "";
    var body = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "MessageId" -> id = parser.getString();
        case "TopicArn" -> topic = afterLastColon(parser.getString());
        case "Message" -> body = parser.getString();
        default -> parser.skipChildren();
      }
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      parser.nextToken();
      parser.skipChildren();
    }
    return new Received(id, "", topic, body, 1);
  }

  private static int receiveCount(JsonParser parser) {
    var count = 1;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("ApproximateReceiveCount")) {
        count = parser.getValueAsInt(1);
      } else {
        parser.skipChildren();
      }
    }
    return count;
  }

  private static String afterLastColon(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
