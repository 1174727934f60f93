package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Migration;
import java.util.List;
import java.util.Optional;

/// The release that this code belongs to.
///
/// @param documents its own, in the order of their levels
record Build(Release release, List<Migration> documents, Policy policy) {
  Build {
    documents = List.copyOf(documents);
  }

  Optional<Migration> own(String id) {
    return documents.stream().filter(document -> document.id().equals(id)).findFirst();
  }

  /// The one that leads up from a level.
  Optional<Migration> from(int level) {
    return documents.stream().filter(document -> document.from() == level).findFirst();
  }
}
