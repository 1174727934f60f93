package dev.rollcall.local.queue;

import dev.rollcall.local.disk.OwnerOnly;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What a journal holds and nobody can read: lines that a full disk or the end of a process has cut
/// off, with whole ones behind them perhaps.
final class TornLines {
  private static final Logger LOG = System.getLogger(TornLines.class.getName());

  /// How a line begins. Inside one it cannot stand: quotes in a text are escaped.
  private static final String BEGINNING = "{\"id\":\"";

  private final List<byte[]> lines = new ArrayList<>();

  /// The lines of this file, whole and torn. One that follows a torn one without a break is a line
  /// of its own.
  static List<byte[]> pieces(byte[] content) {
    var pieces = new ArrayList<byte[]>();
    // One character for each byte: where a line is cut, a character may be.
    for (var line : new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      var from = 0;
      while (from < line.length()) {
        var next = line.indexOf(BEGINNING, from + 1);
        var to = next < 0 ? line.length() : next;
        pieces.add(line.substring(from, to).getBytes(StandardCharsets.ISO_8859_1));
        from = to;
      }
    }
    return pieces;
  }

  void add(byte[] line) {
    lines.add(line);
  }

  /// Whether any of them was meant to be a line of a journal.
  boolean isOurs() {
    return lines.stream()
        .anyMatch(line -> new String(line, StandardCharsets.ISO_8859_1).startsWith(BEGINNING));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /// Adds them to a file beside `journal`, and says so in the log.
  void putAside(Path journal) throws IOException {
    var aside = journal.resolveSibling(journal.getFileName() + ".unreadable");
    var content = new ByteArrayOutputStream();
    for (var line : lines) {
      content.writeBytes(line);
      content.write('\n');
    }
    OwnerOnly.file(aside);
    Files.write(aside, content.toByteArray(), StandardOpenOption.APPEND);
    LOG.log(
        Level.WARNING,
        "{0} had lines that were cut off, or are damaged: {1}. They are in {2} now, and the rest is read.",
        journal,
        lines.size(),
        aside);
  }
}
