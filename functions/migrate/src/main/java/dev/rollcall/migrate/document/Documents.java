package dev.rollcall.migrate.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The documents of a release, by rising level.
///
/// @param migrations empty when some could not be read
/// @param faults of those
public record Documents(List<Migration> migrations, List<Fault> faults) {
  private static final String OWN = "/schema-migrations/";

  /// In bytes: twice a document without its layout and comments.
  static final long LONGEST = 2L * Migration.LONGEST;

  public Documents {
    migrations = List.copyOf(migrations);
    faults = List.copyOf(faults);
  }

  /// Those that this build was made with.
  public static Documents ofThisBuild() {
    var lock = Lock.read(Lock.FILE, resource(Lock.FILE), new Faults(Lock.FILE));
    return read(
        lock.lines().stream().map(line -> new Text(line.file(), resource(line.file()))).toList(),
        List.of());
  }

  /// Those in a folder.
  public static Documents in(Path folder) {
    var faults = new ArrayList<Fault>();
    return read(texts(folder, faults), faults);
  }

  /// A file's name and what it says.
  record Text(String file, String text) {}

  /// The documents of a folder as texts.
  ///
  /// @param faults hears of files that are none
  static List<Text> texts(Path folder, List<Fault> faults) {
    try (var files = Files.list(folder)) {
      var texts = new ArrayList<Text>();
      for (var file : files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
        var name = file.getFileName().toString();
        if (!Files.isRegularFile(file)) {
          faults.add(new Fault(name, 1, "this is no file", "give whatever it is another name"));
        } else if (Files.size(file) > LONGEST) {
          faults.add(new Fault(name, 1, DocumentReader.TOO_LONG, "do it in several documents"));
        } else {
          text(file, name, faults).ifPresent(texts::add);
        }
      }
      return texts;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read the documents in " + folder, failure);
    }
  }

  private static Optional<Text> text(Path file, String name, List<Fault> faults) {
    try {
      return Optional.of(new Text(name, Files.readString(file)));
    } catch (CharacterCodingException notUtf8) {
      faults.add(new Fault(name, 1, "this is no text in UTF-8", "store it in UTF-8"));
    } catch (IOException failure) {
      faults.add(new Fault(name, 1, "it cannot be read: " + failure.getMessage(), "mend that"));
    }
    return Optional.empty();
  }

  private static Documents read(List<Text> texts, List<Fault> unread) {
    var migrations = new ArrayList<Migration>();
    var faults = new ArrayList<>(unread);
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
