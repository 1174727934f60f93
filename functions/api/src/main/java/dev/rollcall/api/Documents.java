package dev.rollcall.api;

import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.Site;
import dev.rollcall.store.CheckRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks as a caller may see them.
///
/// @param mailDomain of the addresses at which checks are pinged by mail; null where the answers
///   have no such address
record Documents(Site site, @Nullable String mailDomain) {

  /// A check of which no more is known than its id.
  static Map<String, @Nullable Object> name(Call call, CheckId id) {
    return call.mayWrite()
        ? new Document().with("uuid", id.toString()).fields()
        : new Document().with("unique_key", CheckDocument.uniqueKey(id)).fields();
  }

  Map<String, @Nullable Object> show(Call call, CheckRecord record) {
    var check = record.item().check();
    if (!call.mayWrite()) {
      return CheckDocument.readOnly(check, record.details(), site, call.version(), call.now());
    }
    var whole = CheckDocument.whole(check, record.details(), site, call.version(), call.now());
    if (mailDomain == null) {
      return whole;
    }
    var document = new Document();
    whole.forEach(document::with);
    return document.with("ping_email", check.id() + "@" + mailDomain).fields();
  }
}
