package dev.rollcall.local.command;

import java.util.ArrayList;
import java.util.List;

/// Lines whose cells stand below each other.
public final class Columns {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;

  public Columns(String indent) {
    this.indent = indent;
  }

  public Columns row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// Each line ends with a line feed.
  public String text() {
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder(indent);
      for (int cell = 0; cell < row.size(); cell++) {
        line.append(row.get(cell));
        if (cell < row.size() - 1) {
          line.append(" ".repeat(width(cell) - row.get(cell).length())).append(GAP);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int cell) {
    return rows.stream()
        .filter(row -> row.size() > cell + 1)
        .mapToInt(row -> row.get(cell).length())
        .max()
        .orElse(0);
  }
}
