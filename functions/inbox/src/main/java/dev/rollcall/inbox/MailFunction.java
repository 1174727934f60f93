package dev.rollcall.inbox;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.FunctionLog;
import dev.rollcall.edge.Settings;
import dev.rollcall.mail.MailBucket;
import dev.rollcall.mail.MailStore;
import dev.rollcall.ping.MailHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function that takes pings by mail. SES puts a message into the bucket and then calls this.
public final class MailFunction implements RequestStreamHandler {
  private final MailHandler handler;

  /// As the environment says.
  public MailFunction() {
    this(Settings.fromEnvironment());
  }

  private MailFunction(Settings settings) {
    this(
        settings,
        AwsClients.dynamoDb(),
        AwsClients.sqs(),
        store(settings.mailBucket()),
        InstantSource.system());
  }

  public MailFunction(
      Settings settings,
      DynamoDbClient dynamo,
      SqsClient sqs,
      MailStore messages,
      InstantSource clock) {
    handler = new MailHandler(settings, dynamo, sqs, new StoredLetters(messages), clock);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    FunctionLog.during(
        context == null ? null : context.getAwsRequestId(),
        () -> handler.handleRequest(event, answer, context));
  }

  private static MailStore store(@Nullable String bucket) {
    if (bucket == null) {
      throw new IllegalStateException("the setting ROLLCALL_MAIL_BUCKET is missing");
    }
    return MailBucket.named(bucket);
  }
}
