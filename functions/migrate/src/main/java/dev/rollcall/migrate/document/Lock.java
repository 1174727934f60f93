package dev.rollcall.migrate.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The file that holds documents to their text once it has been released. A line is a document's
/// file, its digest and the first release that has it.
///
/// @param lines in the order of the file, without comments
/// @param length how many lines the file has
record Lock(List<Line> lines, int length) {
  static final String FILE = "migrations.lock";

  private static final Pattern LINE =
      Pattern.compile("(?<file>\\S+\\.yaml) (?<sha>[0-9a-f]{64}) (?<release>\\S+)");

  /// @param number counts from 1
  record Line(int number, String file, String sha256, String release) {}

  static Lock read(String file, String text, Faults faults) {
    var lines = new ArrayList<Line>();
    var number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var parts = LINE.matcher(line);
      if (parts.matches()) {
        lines.add(
            new Line(number, parts.group("file"), parts.group("sha"), parts.group("release")));
      } else {
        faults.add(
            number, "this is not a line of " + file, "write a file, its SHA-256 and its release");
      }
    }
    return new Lock(lines, number);
  }

  Optional<Line> of(String file) {
    return lines.stream().filter(line -> line.file().equals(file)).findFirst();
  }

  /// What the file should say of a document.
  static String line(String file, Migration migration) {
    return "%s %s %s".formatted(file, migration.sha256(), migration.release());
  }
}
