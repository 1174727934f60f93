package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Migration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The release that this code belongs to.
///
/// @param documents its own, in the order of their levels
/// @param heard what it made of texts that the data remembers, by their digests: reading and
///   rehearsing one takes a thousand times as long as deciding by it
record Build(
    Release release, List<Migration> documents, Policy policy, Map<String, Recorded> heard) {
  Build {
    documents = List.copyOf(documents);
  }

  Build(Release release, List<Migration> documents, Policy policy) {
    this(release, documents, policy, new ConcurrentHashMap<>());
  }

  Optional<Migration> own(String id) {
    return documents.stream().filter(document -> document.id().equals(id)).findFirst();
  }

  /// The one that leads up from a level.
  Optional<Migration> from(int level) {
    return documents.stream().filter(document -> document.from() == level).findFirst();
  }
}
