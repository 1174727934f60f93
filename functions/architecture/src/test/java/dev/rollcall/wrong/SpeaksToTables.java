package dev.rollcall.wrong;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class SpeaksToTables {
  private SpeaksToTables() {}

  static AttributeValue value() {
    return AttributeValue.fromS("text");
  }

  static void call(DynamoDbClient client) {
    client.listTables();
  }
}
