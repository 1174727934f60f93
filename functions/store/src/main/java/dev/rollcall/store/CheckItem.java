package dev.rollcall.store;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.Flip;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A check as it stands in the table, with what a safe write needs to know.
///
/// @param rev counts the writes of this item; a write that was thought out for another `rev` is
///   refused
/// @param due the instant under which the due index has it: never later than its true deadline,
///   often earlier. Null when it is not in the index
/// @param untold flips that nobody has taken over yet, oldest first
/// @param request the request whose ping was heard last, or null
public record CheckItem(
    Check check, long rev, @Nullable Instant due, List<Flip> untold, @Nullable String request) {

  public CheckItem {
    untold = List.copyOf(untold);
  }
}
