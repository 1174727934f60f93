package dev.rollcall.migrate.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The documents of a release, by rising level.
///
/// @param migrations empty when some could not be read
/// @param faults of those
public record Documents(List<Migration> migrations, List<Fault> faults) {
  private static final String OWN = "/schema-migrations/";

  public Documents {
    migrations = List.copyOf(migrations);
    faults = List.copyOf(faults);
  }

  /// Those that this build was made with.
  public static Documents ofThisBuild() {
    var lock = Lock.read(Lock.FILE, resource(Lock.FILE), new Faults(Lock.FILE));
    return read(
        lock.lines().stream().map(line -> new Text(line.file(), resource(line.file()))).toList());
  }

  /// Those in a folder.
  public static Documents in(Path folder) {
    return read(texts(folder));
  }

  /// A file's name and what it says.
  record Text(String file, String text) {}

  static List<Text> texts(Path folder) {
    try (var files = Files.list(folder)) {
      var texts = new ArrayList<Text>();
      for (var file : files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
        texts.add(new Text(file.getFileName().toString(), Files.readString(file)));
      }
      return texts;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read the documents in " + folder, failure);
    }
  }

  private static Documents read(List<Text> texts) {
    var migrations = new ArrayList<Migration>();
    var faults = new ArrayList<Fault>();
    for (var text : texts) {
      switch (Migration.read(text.file(), text.text())) {
        case Read.Good(var migration) -> migrations.add(migration);
        case Read.Bad(var found) -> faults.addAll(found);
      }
    }
    migrations.sort(Comparator.comparingInt(Migration::from).thenComparing(Migration::id));
    return new Documents(faults.isEmpty() ? migrations : List.of(), faults);
  }

  private static String resource(String name) {
    try (var stream = Documents.class.getResourceAsStream(OWN + name)) {
      if (stream == null) {
        throw new IllegalStateException("this build lacks its document " + name);
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
