package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.integration.Recording.Need;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

class RecordingTest {
  private final Recording recording = new Recording();

  @Test
  void a_call_needs_leave_for_the_resource_that_a_variable_names() {
    call("GetItem", GetItemRequest.builder().tableName("mine").build());

    assertThat(recording.needs()).containsExactly(need("dynamodb:GetItem", "ROLLCALL_STATE_TABLE"));
  }

  @Test
  void a_query_of_an_index_needs_leave_for_the_index() {
    call("Query", QueryRequest.builder().tableName("mine").indexName("due").build());

    assertThat(recording.needs())
        .containsExactly(need("dynamodb:Query", "ROLLCALL_STATE_TABLE/index/due"));
  }

  @Test
  void a_batch_to_a_queue_needs_what_a_single_message_does() {
    call("SendMessageBatch", SendMessageBatchRequest.builder().queueUrl("https://due").build());

    assertThat(recording.needs()).containsExactly(need("sqs:SendMessage", "ROLLCALL_DUE_QUEUE"));
  }

  @Test
  void a_transaction_needs_leave_for_each_kind_of_write_in_it() {
    var writes =
        List.of(
            TransactWriteItem.builder().put(put -> put.tableName("mine")).build(),
            TransactWriteItem.builder().update(update -> update.tableName("mine")).build(),
            TransactWriteItem.builder().delete(delete -> delete.tableName("mine")).build(),
            TransactWriteItem.builder().conditionCheck(check -> check.tableName("mine")).build());
    call("TransactWriteItems", TransactWriteItemsRequest.builder().transactItems(writes).build());

    assertThat(recording.needs())
        .extracting(Need::action)
        .containsExactly(
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem");
  }

  @Test
  void a_message_in_a_bucket_needs_leave_for_the_objects_of_the_bucket() {
    call("GetObject", GetObjectRequest.builder().bucket("mail").key("message").build());

    assertThat(recording.needs()).containsExactly(need("s3:GetObject", "ROLLCALL_MAIL_BUCKET/*"));
  }

  @Test
  void an_object_of_a_bucket_needs_leave_for_the_objects_and_their_list_for_the_bucket() {
    call("PutObject", PutObjectRequest.builder().bucket("site").key("index.html").build());
    call("ListObjectsV2", ListObjectsV2Request.builder().bucket("site").build());

    assertThat(recording.needs())
        .containsExactly(
            need("s3:ListBucket", "ROLLCALL_SITE_BUCKET"),
            need("s3:PutObject", "ROLLCALL_SITE_BUCKET/*"));
  }

  @Test
  void a_question_after_the_stack_needs_leave_for_it() {
    call("DescribeStacks", DescribeStacksRequest.builder().stackName("stack/mine").build());

    assertThat(recording.needs())
        .containsExactly(need("cloudformation:DescribeStacks", "AWS::StackId"));
  }

  @Test
  void a_backup_needs_leave_for_the_table() {
    call("CreateBackup", CreateBackupRequest.builder().tableName("mine").build());

    assertThat(recording.needs())
        .containsExactly(need("dynamodb:CreateBackup", "ROLLCALL_STATE_TABLE"));
  }

  @Test
  void a_call_that_is_not_known_is_recorded_under_its_own_name_on_nothing_known() {
    call("ExportTableToPointInTime", ExportTableToPointInTimeRequest.builder().build());

    assertThat(recording.needs())
        .containsExactly(need("DynamoDb:ExportTableToPointInTime", "unknown"));
  }

  private void call(String operation, SdkRequest request) {
    var attributes = new ExecutionAttributes();
    attributes.putAttribute(SdkExecutionAttribute.SERVICE_NAME, "DynamoDb");
    attributes.putAttribute(SdkExecutionAttribute.OPERATION_NAME, operation);
    var variables =
        Map.of(
            "ROLLCALL_STATE_TABLE", "mine",
            "ROLLCALL_DUE_QUEUE", "https://due",
            "ROLLCALL_MAIL_BUCKET", "mail",
            "ROLLCALL_SITE_BUCKET", "site",
            "AWS::StackId", "stack/mine");
    recording.of("ApiFunction", variables).beforeExecution(() -> request, attributes);
  }

  private static Need need(String action, String resource) {
    return new Need("ApiFunction", action, resource);
  }
}
