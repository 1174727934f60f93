package dev.rollcall.local.migrate;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Fault;
import dev.rollcall.migrate.document.Lint;
import dev.rollcall.migrate.document.Migration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The release that migrates, with its documents.
///
/// @param isTrial whether no release of this name may exist: nobody is told to deploy it
record Edition(Release release, List<Migration> documents, boolean isTrial) {
  private static final String LOCK = "migrations.lock";

  /// @param folder of documents; null for this build's
  /// @param name of their release; null for a trial of the documents of the release to come that
  ///   the last of them names
  /// @throws CannotMigrate when there are none, or one is faulty
  static Edition of(@Nullable Path folder, @Nullable String name) {
    if (folder == null) {
      return new Edition(Release.THIS, Documents.ofThisBuild().migrations(), false);
    }
    if (!Files.isDirectory(folder)) {
      throw new CannotMigrate("there is no folder " + folder);
    }
    var faults =
        Lint.check(folder).stream()
            .filter(fault -> !fault.file().equals(LOCK) || Files.exists(folder.resolve(LOCK)))
            .toList();
    if (!faults.isEmpty()) {
      throw new CannotMigrate(
          "the documents in %s cannot be used; nothing was touched\n%s"
              .formatted(
                  folder,
                  faults.stream()
                      .map(Fault::toString)
                      .collect(Collectors.joining("\n  ", "  ", ""))));
    }
    var documents = Documents.in(folder).migrations();
    if (documents.isEmpty()) {
      throw new CannotMigrate("there is no document in " + folder);
    }
    return new Edition(
        new Release(
            name == null ? documents.getLast().release() : name, documents.getLast().to(), 1),
        documents,
        name == null);
  }

  Optional<Migration> document(String id) {
    return documents.stream().filter(document -> document.id().equals(id)).findFirst();
  }
}
