package dev.rollcall.migrate.document;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The names that documents are made of. `schema-migrations/migration.schema.json` says the same to
/// editors.
final class Vocabulary {

  /// The fields of each part of a document.
  static final Map<String, List<String>> PARTS =
      Map.ofEntries(
          entry(
              "document",
              List.of(
                  "format",
                  "vocab",
                  "id",
                  "title",
                  "release",
                  "level",
                  "compat",
                  "match",
                  "ops",
                  "loss",
                  "backup",
                  "examples")),
          entry("level", List.of("from", "to")),
          entry("compat", List.of("minReader", "minWriter", "afterFinalise")),
          entry("afterFinalise", List.of("minReader", "minWriter")),
          entry("match", List.of("entity", "pkPrefix", "sk", "version")),
          entry("loss", List.of("down", "finalised")),
          entry("example", List.of("up", "down")),
          entry("step", List.of("in", "out")),
          entry("entry", List.of("from", "to")),
          entry("gen", List.of("gen")));

  /// The fields of each operation.
  static final Map<String, List<String>> OPS =
      Map.of(
          "add", List.of("op", "attr", "value", "phase"),
          "remove", List.of("op", "attr", "default", "phase"),
          "rename", List.of("op", "from", "to", "mirror", "phase"),
          "map", List.of("op", "attr", "values", "phase"));

  static final Pattern ID = Pattern.compile("\\d{4}");
  static final Pattern RELEASE = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  static final Pattern PK_PREFIX = Pattern.compile("(?!META#)[A-Z]+#");
  static final Pattern SK = Pattern.compile("(?!ATTIC)[A-Z]+(#[A-Za-z0-9#]*\\*?)?");

  /// Attributes that keys, indexes and concurrent writers stand on.
  static final List<String> OWN =
      List.of("pk", "sk", "rev", "parent", "child", "due", "dueShard", "expires");

  private Vocabulary() {}

  /// The fields of a part.
  static List<String> fieldsOf(String part) {
    return PARTS.getOrDefault(part, List.of());
  }
}
