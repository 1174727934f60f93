package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The schema by which editors complete documents says what the reader says.
class SchemaFileTest {
  private static final String TEXT =
      text(Path.of("..", "..", "schema-migrations", "migration.schema.json"));

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(TEXT, InputFormat.JSON);

  @Test
  void It_names_the_fields_and_operations_that_the_reader_knows() {
    var schema = json(TEXT);

    assertThat(fields(schema)).containsExactlyInAnyOrderElementsOf(Vocabulary.fieldsOf("document"));
    for (var part : List.of("level", "compat", "match", "loss")) {
      assertThat(fields(schema, "properties", part))
          .containsExactlyInAnyOrderElementsOf(Vocabulary.fieldsOf(part));
    }
    assertThat(fields(schema, "properties", "examples", "items"))
        .containsExactlyInAnyOrderElementsOf(Vocabulary.fieldsOf("example"));
    assertThat(fields(schema, "$defs", "step"))
        .containsExactlyInAnyOrderElementsOf(Vocabulary.fieldsOf("step"));
    Vocabulary.OPS.forEach((op, fields) ->
        assertThat(fields(schema, "$defs", op)).as(op).containsExactlyInAnyOrderElementsOf(fields));
    assertThat(fields(schema, "$defs", "value"))
        .containsExactlyInAnyOrderElementsOf(Attributes.TYPES);
  }

  @Test
  void It_takes_good_documents() {
    assertThat(errors(Texts.ALL)).isEmpty();
    for (var document :
        Documents.texts(Path.of("..", "..", "schema-migrations"), new ArrayList<>())) {
      assertThat(errors(document.text())).as(document.file()).isEmpty();
    }
  }

  /// A piece of a document, and what stands there instead: both take it, or neither does.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          format: 1             | format: 2
          format: 1             | formed: 1
          vocab: 1              | vocab: 2
          id: "0007"            | id: 7
          id: "0007"            | id: "7"
          title: One of each    | title: " "
          title: One of each    | title: 12
          title: One of each    | titel: x
          release: 1.4.0        | release: next
          {from: 6, to: 7}      | {from: 6}
          {from: 6, to: 7}      | {from: 6, to: "7"}
          minReader: 7, minWriter: 7, after | minReader: 7, after
          , afterFinalise: {minReader: 7, minWriter: 7} | , afterFinalise: {minReader: 7}
          "THING#"              | THING
          "THING#"              | "META#"
          sk: ITEM              | sk: "SLUG#*"
          sk: ITEM              | sk: item
          sk: ITEM              | sk: "ATTIC#ITEM"
          op: add               | op: compute
          attr: badge           | attr: pk
          attr: badge           | attr: _v
          attr: badge           | attr: "a b"
          {gen: uuid4}          | {gen: hex32}
          {gen: uuid4}          | {gen: now}
          {gen: uuid4}          | {N: "1.5e3"}
          {gen: uuid4}          | {N: one}
          {gen: uuid4}          | {BOOL: true}
          {gen: uuid4}          | {BOOL: "true"}
          {gen: uuid4}          | {SS: []}
          {gen: uuid4}          | {SS: [a, a]}
          {gen: uuid4}          | {M: {a: {L: [{S: x}, {NULL: true}]}}}
          {gen: uuid4}          | {M: {a: x}}
          {gen: uuid4}          | {S: a, N: "1"}
          , default: {S: simple} | , default: simple
          , default: {S: simple} | , default: {gen: uuid4}
          phase: settle         | phase: later
          mirror: true          | mirror: 1
          mirror: true          | mirrors: true
          , to: {S: ko}         | , too: {S: ko}
          to: {S: ok}           | to: {gen: uuid4}
          down: none-with-attic | down: lossy
          down: none-with-attic | down: some
          backup: pitr-mark     | backup: none
          backup: pitr-mark     | backup: tape
          - up:                 | - upp:
          badge: "@any"         | badge: "@some"
          backup: pitr-mark     | limits: {segments: 2}
          """)
  void It_agrees_with_the_reader(String piece, String other) {
    var text = Texts.all(piece, other);

    assertThat(errors(text).isEmpty()).isEqualTo(Texts.faults(text).isEmpty());
  }

  private static List<String> errors(String yaml) {
    var errors = new ArrayList<String>();
    SCHEMA
        .validate(Canonical.of(json(yaml)), InputFormat.JSON)
        .forEach(error -> errors.add(error.toString()));
    return errors;
  }

  private static Json json(String text) {
    return Yaml.read(text, new Faults("text")).orElseThrow();
  }

  private static Set<String> fields(Json schema, String... path) {
    var at = schema;
    for (var step : path) {
      at = field(at, step);
    }
    return ((Json.Fields) field(at, "properties")).fields().keySet();
  }

  private static Json field(Json json, String name) {
    var field = ((Json.Fields) json).fields().get(name);
    assertThat(field).as(name).isNotNull();
    return field;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
