package dev.rollcall.integration;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Migration;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A release and its documents, by rising level, as its zip has them.
record Build(Release release, List<Migration> documents) {
  static final Build THIS = new Build(Release.THIS, Documents.ofThisBuild().migrations());

  /// A release after this one, whose data this one can neither read nor write, and whose way back
  /// loses something.
  static final Build NEWER = newer(Path.of("src", "test", "resources", "newer-release"));

  private static Build newer(Path folder) {
    var own = Documents.in(folder);
    if (!own.faults().isEmpty()) {
      throw new IllegalStateException(own.faults().toString());
    }
    var documents = Stream.concat(THIS.documents().stream(), own.migrations().stream()).toList();
    return new Build(new Release("0.3.0", documents.getLast().to(), 1), documents);
  }
}
