package dev.rollcall.local.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What became of the entries of a batch: each succeeds or fails for itself.
record Batch<S>(List<S> successful, List<BatchResultErrorEntry> failed) {

  static <E, S> Batch<S> of(List<E> entries, Function<E, String> id, Function<E, S> action) {
    var successful = new ArrayList<S>();
    var failed = new ArrayList<BatchResultErrorEntry>();
    for (var entry : entries) {
      try {
        successful.add(action.apply(entry));
      } catch (SqsException refusal) {
        failed.add(
            BatchResultErrorEntry.builder()
                .id(id.apply(entry))
                .senderFault(true)
                .code(refusal.awsErrorDetails().errorCode())
                .message(refusal.awsErrorDetails().errorMessage())
                .build());
      }
    }
    return new Batch<>(successful, failed);
  }
}
