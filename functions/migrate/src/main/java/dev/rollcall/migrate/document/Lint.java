package dev.rollcall.migrate.document;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/// Looks at a folder of documents as their authors should: each by itself, the chain that they
/// make, and whether any was changed after its release.
public final class Lint {
  private final List<Fault> found = new ArrayList<>();

  private Lint() {}

  /// What is wrong, by file and line; nothing when all is well.
  ///
  /// @param folder such as `schema-migrations`, with its lock file
  public static List<Fault> check(Path folder) {
    var lint = new Lint();
    var documents = lint.documents(folder);
    documents.forEach(lint::alone);
    lint.chain(documents);
    lint.kinds(documents);
    lint.locked(folder, documents);
    return lint.found.stream()
        .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
        .toList();
  }

  private List<Authored> documents(Path folder) {
    var documents = new ArrayList<Authored>();
    for (var text : Documents.texts(folder, found)) {
      switch (Migration.read(text.file(), text.text())) {
        case Read.Bad(var faults) -> found.addAll(faults);
        case Read.Good(var migration) ->
            Yaml.read(text.text(), new Faults(text.file()))
                .ifPresent(json -> documents.add(new Authored(text.file(), migration, json)));
      }
    }
    documents.sort(Comparator.comparing(document -> document.migration().id()));
    return documents;
  }

  private void alone(Authored document) {
    var faults = new Faults(document.file());
    new Policy(document, faults).check();
    found.addAll(faults.inOrder());
    var id = document.migration().id();
    if (!document.file().matches(id + "-[a-z0-9-]+\\.yaml")) {
      fault(
          document,
          document.line("id"),
          "document %s is in the file %s".formatted(id, document.file()),
          "name the file %s-what-it-does.yaml".formatted(id));
    }
  }

  /// Each document begins where the one before it ends.
  private void chain(List<Authored> documents) {
    var ids = new HashSet<String>();
    var level = 1;
    var release = new int[] {0, 0, 0};
    for (var document : documents) {
      var migration = document.migration();
      if (!ids.add(migration.id())) {
        fault(
            document,
            document.line("id"),
            "two documents have the id " + migration.id(),
            "give this one the next id that is free");
      }
      if (migration.from() != level) {
        fault(
            document,
            document.line("level", "from"),
            "the documents before lead to level %d, and this one begins at %d"
                .formatted(level, migration.from()),
            "make the level {from: %d, to: %d}".formatted(level, level + 1));
      }
      level = migration.to();
      var next = numbers(migration.release());
      if (Arrays.compare(next, release) < 0) {
        fault(
            document,
            document.line("release"),
            "release %s comes before that of the document before".formatted(migration.release()),
            "name the release that will have it first");
      }
      release = next;
    }
  }

  private static int[] numbers(String release) {
    return Arrays.stream(release.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }

  /// Documents about one kind of items know what the one before made of them.
  private void kinds(List<Authored> documents) {
    var versions = new HashMap<String, Integer>();
    var mirrored = new HashMap<String, String>();
    for (var document : documents) {
      var migration = document.migration();
      var version = versions.getOrDefault(document.kind(), 1);
      if (migration.match().version() != version) {
        fault(
            document,
            document.line("match", "version"),
            "items of this kind have version %d by then".formatted(version),
            "make `version` " + version);
      }
      for (var op : migration.ops()) {
        for (var attribute : op.attributes()) {
          var owner = mirrored.get(document.kind() + " " + attribute);
          if (owner != null) {
            fault(
                document,
                document.line(op),
                "`%s` is still the mirror that document %s keeps".formatted(attribute, owner),
                "choose another name");
          }
        }
        if (op instanceof Op.Rename rename && rename.mirror()) {
          mirrored.put(document.kind() + " " + rename.from(), migration.id());
        }
      }
      versions.put(document.kind(), migration.to());
    }
    documents.stream()
        .collect(
            groupingBy(
                document -> document.migration().release() + " " + document.kind(),
                LinkedHashMap::new,
                toList()))
        .values()
        .forEach(this::takesThingsAwayLater);
  }

  /// Two documents of one release are to the release before it as one.
  private void takesThingsAwayLater(List<Authored> ofOneRelease) {
    var adding =
        ofOneRelease.stream()
            .filter(document ->
                document.migration().ops().stream().anyMatch(op -> !Policy.isDestructive(op)))
            .toList();
    for (var document : ofOneRelease) {
      var migration = document.migration();
      if (adding.stream().anyMatch(other -> !other.equals(document))
          && migration.compat().minReader() < migration.to()) {
        migration.ops().stream()
            .filter(Policy::isDestructive)
            .forEach(op ->
                fault(
                    document,
                    document.line(op),
                    "`%s` comes in the release that adds to the same items".formatted(op.name()),
                    "leave it to the next release: additive first, destructive later"));
      }
    }
  }

  private void locked(Path folder, List<Authored> documents) {
    var file = folder.resolve(Lock.FILE);
    var faults = new Faults(Lock.FILE);
    var lock = Lock.read(Lock.FILE, text(file), faults);
    for (var line : lock.lines()) {
      if (!Files.exists(folder.resolve(line.file()))) {
        faults.add(
            line.number(),
            "%s was in release %s and is gone".formatted(line.file(), line.release()),
            "put it back: data may have been brought to its level");
      }
    }
    for (var document : documents) {
      var right = Lock.line(document.file(), document.migration());
      var line = lock.of(document.file());
      if (line.isEmpty()) {
        faults.add(
            lock.length() + 1, document.file() + " is missing here", "add the line " + right);
      } else if (!right.equals(
          "%s %s %s".formatted(line.get().file(), line.get().sha256(), line.get().release()))) {
        faults.add(
            line.get().number(),
            document.file() + " is not the text that was locked",
            "put its text back and write another document; only while no release has it may this"
                + " line become "
                + right);
      }
    }
    found.addAll(faults.inOrder());
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void fault(Authored document, int line, String rule, String remedy) {
    found.add(new Fault(document.file(), line, rule, remedy));
  }
}
