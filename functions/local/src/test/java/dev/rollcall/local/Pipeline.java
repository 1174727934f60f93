package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.mail.CaughtMail;
import dev.rollcall.local.queue.VirtualSqs;
import dev.rollcall.notify.NotifyWiring;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.sweep.SweepWiring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.databind.json.JsonMapper;

/// ping, sweep and notify, in one thread, so that it is known which of their calls comes when. What
/// AWS does for them (take a message, delete it when it was handled) is done by hands that do not
/// die.
final class Pipeline {
  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] TICK = "{\"source\": \"test\", \"detail\": {}}".getBytes(UTF_8);

  private final VirtualSqs sqs;
  private final PingFunction ping;
  private final Function<InputStream, byte[]> sweep;
  private final Function<InputStream, byte[]> notify;
  private final Runnable living;

  /// A set of functions that has just started.
  ///
  /// @param sqs the queues as AWS has them
  /// @param dynamo what the functions reach the tables by
  /// @param queues what the functions reach the queues by
  /// @param living throws when the process has died, which then answers nobody: another of its
  ///   threads may not have noticed
  Pipeline(
      VirtualSqs sqs,
      DynamoDbClient dynamo,
      SqsClient queues,
      VirtualClock clock,
      Runnable living) {
    this.sqs = sqs;
    this.living = living;
    Settings settings = Service.settings(sqs, 8000);
    ping = new PingFunction(settings, dynamo, queues, clock);
    sweep = SweepWiring.handler(settings, dynamo, queues, clock);
    notify = NotifyWiring.handler(settings, dynamo, queues, CaughtMail.inMemory(clock), clock);
  }

  /// Pings, and answers with the status.
  int ping(String check) {
    var path = "/ping/" + check;
    var event =
        Map.of(
            "version",
            "2.0",
            "rawPath",
            path,
            "rawQueryString",
            "",
            "headers",
            Map.of("user-agent", "test"),
            "requestContext",
            Map.of(
                "requestId", UUID.randomUUID().toString(),
                "http", Map.of("method", "GET", "path", path, "sourceIp", "127.0.0.1")),
            "isBase64Encoded",
            false);
    var answer = new ByteArrayOutputStream();
    ping.handleRequest(in(JSON.writeValueAsBytes(event)), answer, null);
    living.run();
    return JSON.readTree(answer.toByteArray()).path("statusCode").asInt();
  }

  void sweep() {
    try {
      var _ = sweep.apply(in(TICK));
    } catch (RuntimeException error) {
      // A thread of a dead process may still say that it could not do all of its work.
      living.run();
      throw error;
    }
    living.run();
  }

  /// Handles what the queues have, until none has anything that is visible.
  void drain() {
    while (take(Work.FLIPS, notify) + take(Work.DUE, sweep) + take(Work.DELIVERIES, notify) > 0) {
      // Handling one may have sent others.
    }
  }

  /// As Lambda sees it: a call that ends as an error has done nothing of its batch.
  private boolean isDone(Function<InputStream, byte[]> function, Object event) {
    try {
      var answer = function.apply(in(JSON.writeValueAsBytes(event)));
      living.run();
      return JSON.readTree(answer).path("batchItemFailures").isEmpty();
    } catch (Batch.NothingDone error) {
      living.run();
      return false;
    }
  }

  private int take(String queue, Function<InputStream, byte[]> function) {
    var messages =
        sqs.receiveMessage(r ->
                r.queueUrl(sqs.url(queue))
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages();
    for (var message : messages) {
      if (isDone(function, event(queue, message))) {
        sqs.deleteMessage(r -> r.queueUrl(sqs.url(queue)).receiptHandle(message.receiptHandle()));
      }
    }
    return messages.size();
  }

  private static Map<String, Object> event(String queue, Message message) {
    return Map.of(
        "Records",
        List.of(
            Map.of(
                "messageId", message.messageId(),
                "receiptHandle", message.receiptHandle(),
                "body", message.body(),
                "attributes", message.attributesAsStrings(),
                "eventSource", "aws:sqs",
                "eventSourceARN", "arn:aws:sqs:local:000000000000:" + queue)));
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}
