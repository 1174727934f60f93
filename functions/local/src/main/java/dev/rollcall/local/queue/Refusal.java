package dev.rollcall.local.queue;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidBatchEntryIdException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/// The requests that SQS refuses, as the SDK throws them: its exception type, AWS's code and
/// wording, status 400.
final class Refusal {
  private Refusal() {}

  static SqsException unknownQueue() {
    return as(
        QueueDoesNotExistException.builder(),
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.");
  }

  static SqsException unknownReceipt(String handle) {
    return as(
        ReceiptHandleIsInvalidException.builder(),
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  static SqsException parameter(String name, Object value, String reason) {
    return as(
        SqsException.builder(),
        "InvalidParameterValue",
        "Value %s for parameter %s is invalid. Reason: %s".formatted(value, name, reason));
  }

  static SqsException missing(String parameter) {
    return as(
        SqsException.builder(),
        "MissingParameter",
        "The request must contain the parameter " + parameter + ".");
  }

  static SqsException messageTooLong() {
    return as(
        SqsException.builder(),
        "InvalidParameterValue",
        "One or more parameters are invalid. Reason: Message must be shorter than "
            + Limits.LONGEST_MESSAGE
            + " bytes.");
  }

  static SqsException messageContents() {
    return as(
        InvalidMessageContentsException.builder(),
        "InvalidMessageContents",
        "Invalid characters found in the message body.");
  }

  static SqsException emptyBatch(String entryType) {
    return as(
        EmptyBatchRequestException.builder(),
        "AWS.SimpleQueueService.EmptyBatchRequest",
        "There should be at least one " + entryType + " in the request.");
  }

  static SqsException tooManyEntries(int entries) {
    return as(
        TooManyEntriesInBatchRequestException.builder(),
        "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are %d. You have sent %d."
            .formatted(Limits.MOST_IN_A_BATCH, entries));
  }

  static SqsException repeatedId(String id) {
    return as(
        BatchEntryIdsNotDistinctException.builder(),
        "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        "Id " + id + " repeated.");
  }

  static SqsException malformedId() {
    return as(
        InvalidBatchEntryIdException.builder(),
        "AWS.SimpleQueueService.InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80"
            + " letters long.");
  }

  static SqsException batchTooLong(long bytes) {
    return as(
        BatchRequestTooLongException.builder(),
        "AWS.SimpleQueueService.BatchRequestTooLong",
        "Batch requests cannot be longer than %d bytes. You have sent %d bytes."
            .formatted(Limits.LONGEST_MESSAGE, bytes));
  }

  private static SqsException as(SqsException.Builder type, String code, String message) {
    var details =
        AwsErrorDetails.builder().serviceName("Sqs").errorCode(code).errorMessage(message).build();
    type.awsErrorDetails(details).message(message).statusCode(400);
    return (SqsException) type.build();
  }
}
