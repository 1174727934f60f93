package dev.rollcall.store;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Which mails have been heard, so that one that comes again counts no second time. A check itself
/// knows only its last request; a mail may come again minutes or days later, when another ping has
/// overtaken it.
///
/// What is here was heard. What is not may have been: the process may have died in between.
public final class HeardMail {

  /// Longer than any queue keeps a mail that might come again.
  public static final Duration KEPT = Duration.ofDays(15);

  private final Dynamo dynamo;

  public HeardMail(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.log());
  }

  /// @param request names the message and its recipient
  public boolean contains(String request) {
    return dynamo.read(Keys.mail(request)).isPresent();
  }

  /// Says that a mail has been heard. Safe to say again.
  public void add(String request, Instant at) {
    var row = Row.at(Keys.mail(request)).number(Keys.EXPIRES, at.plus(KEPT).getEpochSecond());
    dynamo.client().putItem(put -> put.tableName(dynamo.table()).item(row.attributes()));
  }
}
