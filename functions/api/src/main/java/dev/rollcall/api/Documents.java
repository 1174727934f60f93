package dev.rollcall.api;

import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.project.Site;
import dev.rollcall.store.CheckRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks as a caller may see them.
record Documents(Site site) {

  Map<String, @Nullable Object> show(Call call, CheckRecord record) {
    var check = record.item().check();
    return call.mayWrite()
        ? CheckDocument.whole(check, record.details(), site, call.version(), call.now())
        : CheckDocument.readOnly(check, record.details(), site, call.version(), call.now());
  }
}
