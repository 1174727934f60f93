package dev.rollcall.api;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Stores;
import java.util.UUID;

/// Finds the check that a path names, if it belongs to the caller's project.
record OwnChecks(Stores stores) {

  /// Answers a call about a check.
  interface Handler {
    Answer answer(Call call, CheckRecord check);
  }

  /// For paths with a check's id. Tells whoever guesses an id that the check exists, as the
  /// reference does: who knows the id may ping it anyway.
  Endpoint.Handler byId(Handler handler) {
    return call -> {
      var check = stores.catalog().find(new CheckId(UUID.fromString(call.variable("check"))));
      if (check.isEmpty()) {
        return new Problem.NoSuchPage();
      }
      return isOwn(call, check.get()) ? handler.answer(call, check.get()) : new Problem.NotYours();
    };
  }

  /// For paths with a check's unique key.
  Endpoint.Handler byUniqueKey(Handler handler) {
    return call ->
        stores
            .catalog()
            .byUniqueKey(call.variable("unique"))
            .flatMap(stores.catalog()::find)
            .filter(check -> isOwn(call, check))
            .map(check -> handler.answer(call, check))
            .orElseGet(Problem.NoSuchName::new);
  }

  private static boolean isOwn(Call call, CheckRecord check) {
    return check.item().check().project().equals(call.project());
  }
}
