package dev.rollcall.migrate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.FunctionLog;
import dev.rollcall.edge.Settings;
import dev.rollcall.migrate.deploy.Deployments;
import dev.rollcall.migrate.deploy.Event;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.engine.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function that brings data and dashboard to what this release needs: asked by CloudFormation
/// during a deployment, and called every minute to go on with what is under way.
public final class MigrateFunction implements RequestStreamHandler {

  /// What Lambda leaves to a call that does not say.
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Deployments deployments;
  private final InstantSource clock;

  public MigrateFunction() {
    this(
        MigrateWiring.deployments(
            Settings.fromEnvironment(),
            MigrateWiring.configure(DynamoDbClient.builder()).build(),
            MigrateWiring.configure(S3Client.builder()).build(),
            MigrateWiring.configure(CloudFormationClient.builder()).build(),
            () -> MigrateWiring.configure(SqsClient.builder()).build(),
            Release.THIS,
            Documents.ofThisBuild().migrations(),
            Watch.system()),
        InstantSource.system());
  }

  public MigrateFunction(Deployments deployments, InstantSource clock) {
    this.deployments = deployments;
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    FunctionLog.during(
        context == null ? null : context.getAwsRequestId(), () -> handle(event, answer, context));
  }

  private void handle(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    var left = context == null ? LONGEST : Duration.ofMillis(context.getRemainingTimeInMillis());
    var end = clock.instant().plus(left);
    switch (Event.read(event)) {
      case Event.Asked asked -> {
        deployments.answer(asked.request(), end);
        answer.write("{}".getBytes(StandardCharsets.UTF_8));
      }
      case Event.Tick() -> {
        var data = deployments.tick(end);
        answer.write(
            "{\"level\":%d,\"phase\":\"%s\"}"
                .formatted(data.level(), data.phase().name().toLowerCase(Locale.ROOT))
                .getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
