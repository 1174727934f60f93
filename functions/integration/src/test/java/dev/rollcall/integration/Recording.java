package dev.rollcall.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What functions asked AWS for, in IAM's terms. `deploy/tests/test_least_privilege.py` compares it
/// with what the template allows them.
///
/// A call that is not known here is recorded under its own name on no resource. No policy allows
/// that, so that the comparison asks for it to be made known.
final class Recording {
  /// The objects of a bucket.
  private static final String OBJECTS = "/*";

  private final Set<Need> needs =
      new ConcurrentSkipListSet<>(
          Comparator.comparing(Need::function)
              .thenComparing(Need::action)
              .thenComparing(Need::resource));

  /// Leave that a function needs.
  ///
  /// @param function its logical name in the template
  /// @param action as in a policy
  /// @param resource the variable that names it to the function, such as `ROLLCALL_STATE_TABLE`, or
  ///   what the template calls it where CloudFormation names it to the function, `AWS::StackId`;
  ///   and where it is an index, `/index/` and its name, or where it is the objects of a bucket,
  ///   `/*`
  record Need(String function, String action, String resource) {}

  /// What is called on what, before it is known which variable that is.
  private record Call(String action, String name, String part) {
    Call(String action, String name) {
      this(action, name, "");
    }
  }

  /// Listens to the clients of a function.
  ///
  /// @param variables those of the function, by which resources are told apart
  ExecutionInterceptor of(String function, Map<String, String> variables) {
    return new ExecutionInterceptor() {
      @Override
      public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        calls(context.request(), attributes)
            .map(call ->
                new Need(function, call.action(), variable(call.name(), variables) + call.part()))
            .forEach(needs::add);
      }
    };
  }

  List<Need> needs() {
    return List.copyOf(needs);
  }

  /// Writes all that was recorded as JSON, in a stable order.
  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(file, json.writeValueAsString(needs));
  }

  private static String variable(String value, Map<String, String> variables) {
    return variables.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("unknown");
  }

  private static Stream<Call> calls(SdkRequest request, ExecutionAttributes attributes) {
    return switch (request) {
      case GetItemRequest get -> Stream.of(new Call("dynamodb:GetItem", get.tableName()));
      case PutItemRequest put -> Stream.of(new Call("dynamodb:PutItem", put.tableName()));
      case UpdateItemRequest update ->
          Stream.of(new Call("dynamodb:UpdateItem", update.tableName()));
      case DeleteItemRequest delete ->
          Stream.of(new Call("dynamodb:DeleteItem", delete.tableName()));
      case QueryRequest query ->
          Stream.of(new Call("dynamodb:Query", query.tableName(), index(query.indexName())));
      case ScanRequest scan ->
          Stream.of(new Call("dynamodb:Scan", scan.tableName(), index(scan.indexName())));
      case BatchGetItemRequest batch ->
          batch.requestItems().keySet().stream()
              .map(table -> new Call("dynamodb:BatchGetItem", table));
      case BatchWriteItemRequest batch ->
          batch.requestItems().keySet().stream()
              .map(table -> new Call("dynamodb:BatchWriteItem", table));
      case TransactGetItemsRequest transaction ->
          transaction.transactItems().stream()
              .map(item -> new Call("dynamodb:GetItem", item.get().tableName()));
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().stream().map(Recording::write);
      case DescribeContinuousBackupsRequest describe ->
          Stream.of(new Call("dynamodb:DescribeContinuousBackups", describe.tableName()));
      case UpdateContinuousBackupsRequest update ->
          Stream.of(new Call("dynamodb:UpdateContinuousBackups", update.tableName()));
      case DescribeTableRequest describe ->
          Stream.of(new Call("dynamodb:DescribeTable", describe.tableName()));
      case UpdateTableRequest update ->
          Stream.of(new Call("dynamodb:UpdateTable", update.tableName()));
      case DescribeTimeToLiveRequest describe ->
          Stream.of(new Call("dynamodb:DescribeTimeToLive", describe.tableName()));
      case UpdateTimeToLiveRequest update ->
          Stream.of(new Call("dynamodb:UpdateTimeToLive", update.tableName()));
      case CreateBackupRequest create ->
          Stream.of(new Call("dynamodb:CreateBackup", create.tableName()));
      case GetObjectRequest get -> Stream.of(new Call("s3:GetObject", get.bucket(), OBJECTS));
      case PutObjectRequest put -> Stream.of(new Call("s3:PutObject", put.bucket(), OBJECTS));
      case DeleteObjectRequest delete ->
          Stream.of(new Call("s3:DeleteObject", delete.bucket(), OBJECTS));
      case ListObjectsV2Request list -> Stream.of(new Call("s3:ListBucket", list.bucket()));
      case DescribeStacksRequest describe ->
          Stream.of(new Call("cloudformation:DescribeStacks", describe.stackName()));
      case SendMessageRequest send -> Stream.of(new Call("sqs:SendMessage", send.queueUrl()));
      case SendMessageBatchRequest send -> Stream.of(new Call("sqs:SendMessage", send.queueUrl()));
      case GetQueueAttributesRequest get ->
          Stream.of(new Call("sqs:GetQueueAttributes", get.queueUrl()));
      case ChangeMessageVisibilityRequest change ->
          Stream.of(new Call("sqs:ChangeMessageVisibility", change.queueUrl()));
      case SendRawEmailRequest send -> Stream.of(new Call("ses:SendRawEmail", send.source()));
      default -> Stream.of(new Call(operation(attributes), ""));
    };
  }

  /// IAM knows no right to transactions: each write in one needs its own.
  private static Call write(TransactWriteItem item) {
    if (item.put() != null) {
      return new Call("dynamodb:PutItem", item.put().tableName());
    }
    if (item.update() != null) {
      return new Call("dynamodb:UpdateItem", item.update().tableName());
    }
    if (item.delete() != null) {
      return new Call("dynamodb:DeleteItem", item.delete().tableName());
    }
    return new Call("dynamodb:ConditionCheckItem", item.conditionCheck().tableName());
  }

  private static String index(@Nullable String name) {
    return name == null ? "" : "/index/" + name;
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
        + ":"
        + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }
}
