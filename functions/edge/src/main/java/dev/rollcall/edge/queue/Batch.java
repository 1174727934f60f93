package dev.rollcall.edge.queue;

import dev.rollcall.store.UnreadableItem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// How the messages of one call fared, and so what the call answers: which of them go back to their
/// queue. A batch of which not one could be seen to, because what the function needs does not
/// answer, ends as an error of the function. To the queue both are the same, all messages go back;
/// but errors of a function have an alarm, and answers have none. Safe for threads.
public final class Batch {
  private final Queue<String> back = new ConcurrentLinkedQueue<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Set<String> kinds = ConcurrentHashMap.newKeySet();

  /// Not one message of a batch could be seen to.
  public static final class NothingDone extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Kinds of failures only: what they say may quote what was read or sent.
    NothingDone(int messages, Set<String> kinds) {
      super(
          "none of %d messages could be seen to: %s"
              .formatted(messages, String.join(", ", new TreeSet<>(kinds))));
    }
  }

  /// A message was seen to, and is done with.
  public void done(String id) {
    seen.add(id);
  }

  /// A message was seen to, and has to come again.
  public void again(String id) {
    seen.add(id);
    back.add(id);
  }

  /// A message goes back for a reason of its own, which says nothing of what the function needs.
  public void unfit(String id) {
    back.add(id);
  }

  /// A message goes back because of a failure: its own where it is malformed or is about an item
  /// that cannot be read, and otherwise that of something which the function needs, or a bug.
  public void failed(String id, Throwable failure) {
    back.add(id);
    if (!(failure instanceof MalformedMessage || failure instanceof UnreadableItem)) {
      broken.add(id);
      kinds.add(failure.getClass().getSimpleName());
    }
  }

  /// What the function answers.
  ///
  /// @throws NothingDone when something failed, and no message was seen to
  public byte[] answer() {
    if (!broken.isEmpty() && broken.containsAll(seen)) {
      throw new NothingDone(broken.size(), kinds);
    }
    return SqsEvent.failures(List.copyOf(new LinkedHashSet<>(back)));
  }
}
