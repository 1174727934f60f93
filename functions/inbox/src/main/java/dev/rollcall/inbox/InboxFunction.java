package dev.rollcall.inbox;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.FunctionLog;
import dev.rollcall.edge.Settings;
import dev.rollcall.mail.MailBucket;
import dev.rollcall.mail.MailStore;
import dev.rollcall.ping.InboxHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function that takes the pings that had to wait, mails among them.
public final class InboxFunction implements RequestStreamHandler {
  private final InboxHandler handler;

  /// As the environment says.
  public InboxFunction() {
    this(Settings.fromEnvironment());
  }

  private InboxFunction(Settings settings) {
    this(
        settings,
        AwsClients.dynamoDb(),
        AwsClients.sqs(),
        store(settings.mailBucket()),
        InstantSource.system());
  }

  /// @param messages null where no mail is received
  public InboxFunction(
      Settings settings,
      DynamoDbClient dynamo,
      SqsClient sqs,
      @Nullable MailStore messages,
      InstantSource clock) {
    handler = new InboxHandler(settings, dynamo, sqs, new StoredLetters(messages), clock);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    FunctionLog.during(
        context == null ? null : context.getAwsRequestId(),
        () -> handler.handleRequest(event, answer, context));
  }

  private static @Nullable MailStore store(@Nullable String bucket) {
    return bucket == null ? null : MailBucket.named(bucket);
  }
}
