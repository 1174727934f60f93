package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a build can read, and what it says of the rest.
class DocumentReaderTest {

  @Test
  void Each_operation_is_read() {
    assertThat(Texts.good(Texts.ALL).ops())
        .extracting(Op::name)
        .containsExactly("add", "remove", "rename", "map", "map");
    assertThat(Texts.good(Texts.ALL).ops().get(1))
        .isEqualTo(new Op.Remove("kind", Optional.of(fromS("simple")), Op.Phase.SETTLE));
  }

  @Test
  void A_document_says_who_gets_on_with_its_items_and_when() {
    var migration =
        Texts.good(
            Texts.all("minReader: 7, minWriter: 7, after", "minReader: 6, minWriter: 7, after")
                .replace(
                    "  - {op: map, attr: state, values: [{from: {S: up}, to: {S: ok}}, {from: {S: down}, to: {S: ko}}]}\n",
                    "")
                .replace("  - " + Texts.GRACE + "\n", ""));

    assertThat(migration.hasSettle()).isTrue();
    assertThat(migration.whileExpanding()).isEqualTo(new Compat.Bounds(6, 6));
    assertThat(migration.whenApplied()).isEqualTo(new Compat.Bounds(6, 7));
    assertThat(migration.whenFinal()).isEqualTo(new Compat.Bounds(7, 7));
    assertThat(Texts.good(Texts.ALL).whileExpanding()).isEqualTo(new Compat.Bounds(7, 7));
  }

  @Nested
  class Of_a_newer_release {

    @Test
    void words_that_this_build_does_not_know_are_refused_with_the_release_that_does() {
      assertThat(Texts.faults(Texts.all("vocab: 1", "vocab: 2").replace("op: add", "op: compute")))
          .containsExactly(
              new Fault(
                  Texts.FILE,
                  2,
                  "`vocab` is 2, and this build knows 1",
                  "deploy release 1.4.0 or a later one"));
    }

    @Test
    void a_form_that_this_build_does_not_know_is_refused_likewise() {
      assertThat(Texts.faults(Texts.all("format: 1", "format: 2")))
          .extracting(Fault::remedy)
          .containsExactly("deploy release 1.4.0 or a later one");
    }
  }

  /// A piece of the document, what stands there instead, the line, and what is said about it.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          op: add               | op: compute          | 10 | vocabulary 1 has no operation `compute`
          attr: badge           | atr: badge           | 10 | `add` has no field `atr`
          {gen: uuid4}          | {gen: uuid7}         | 10 | `gen` of `value` cannot be `uuid7`
          {gen: uuid4}          | {T: x}               | 10 | `T` is not a type of DynamoDB's
          attr: badge           | attr: _v             | 10 | no operation touches `_v`
          attr: badge           | attr: "~m0001"       | 10 | no operation touches `~m0001`
          attr: badge           | attr: pk             | 10 | no operation touches `pk`
          attr: badge           | attr: dueShard       | 10 | no operation touches `dueShard`
          attr: badge           | attr: kind           | 11 | two operations touch `kind`
          attr: badge           | attr: description    | 12 | two operations touch `description`
          to: {S: ok}           | to: {gen: uuid4}     | 13 | a table has no generated values
          {from: {S: down}      | {from: {S: up}       | 13 | the table has this `from` twice
          to: description,      | to: desc,            | 12 | `rename` keeps the name
          mirror: true          | mirror: true, phase: settle | 12 | a mirror is for the time when older releases serve
          {from: 6, to: 7}      | {from: 6, to: 8}     |  6 | a document leads from level 6 to 8
          version: 6            | version: 8           |  8 | `version` of `match` is not a whole number from 1 to 6
          "THING#"              | META                 |  8 | `pkPrefix` of `match` cannot be `META`
          "THING#"              | "META#"              |  8 | `pkPrefix` of `match` cannot be `META#`
          sk: ITEM              | sk: "ATTIC#ITEM"     |  8 | `sk` of `match` cannot be `ATTIC#ITEM`
          id: "0007"            | id: 7                |  3 | `id` of the document is no text
          backup: pitr-mark     | backup: later        | 16 | `backup` of the document cannot be `later`
          down: none-with-attic | down: unknown        | 15 | `down` of `loss` cannot be `unknown`
          minWriter: 7, after   | minWriter: 8, after  |  7 | `minWriter` of `compat` is not a whole number from 1 to 7
          minWriter: 7, after   | minWriter: 2.5, after |  7 | `2.5` is not a text, a whole number or a truth
          title: One of each    | title: &x a          |  4 | an anchor is used
          release: 1.4.0        | title: again         |  5 | `title` is given twice
          grace: {N: "3599"}    | grace: {N: 3599}     | 19 | the value does not go with its type N
          """)
  void What_is_wrong_is_named_by_its_line(String piece, String other, int line, String rule) {
    assertThat(Texts.faults(Texts.all(piece, other)))
        .anySatisfy(fault -> {
          assertThat(fault.line()).isEqualTo(line);
          assertThat(fault.rule()).startsWith(rule);
          assertThat(fault.remedy()).isNotBlank();
        });
  }

  @Test
  void All_faults_are_found_at_once() {
    var text = Texts.all("attr: badge", "attr: _v").replace("{S: ko}", "{gen: uuid4}");

    assertThat(Texts.faults(text)).extracting(Fault::line).containsExactly(10, 13);
  }

  @Test
  void Items_keep_their_keys() {
    var moving = "{op: rekey, pkPrefix: \"UNIT#\", optional: [], phase: settle}";

    assertThat(Texts.faults(Texts.all(Texts.GRACE, moving)))
        .extracting(Fault::rule)
        .contains("vocabulary 1 has no operation `rekey`");
  }

  @Test
  void A_document_that_does_not_fit_into_an_item_is_refused() {
    var title = "x".repeat(Migration.LONGEST);

    assertThat(Texts.faults(Texts.all("One of each", title)))
        .extracting(Fault::rule)
        .containsExactly("the document has more than 300 KB: it has to fit into one item");
    assertThat(Texts.faults(title + title + "x")).hasSize(1);
  }

  @Test
  void Texts_that_are_no_documents_are_refused() {
    assertThat(Texts.faults("")).hasSize(1);
    assertThat(Texts.faults(Texts.all("backup: pitr-mark", "backup: [}")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).isEqualTo(16))
        .satisfies(fault -> assertThat(fault.rule()).startsWith("this is not YAML"));
    assertThat(Texts.faults("- a"))
        .extracting(Fault::rule)
        .containsExactly("a document is not a list");
    assertThat(Texts.faults(Texts.ALL + "---\n" + Texts.ALL))
        .extracting(Fault::rule)
        .containsExactly("a file holds one document");
  }

  @Nested
  class The_canonical_text {

    @Test
    void does_not_depend_on_layout_order_or_comments() {
      var other =
          Texts.all("level: {from: 6, to: 7}", "level:\n  to: 7 # one more\n  from: 6")
              .replace("title: One of each\n", "")
              .replace(
                  "backup: pitr-mark", "\"title\": 'One of each'\n\n# why\nbackup: \"pitr-mark\"");

      assertThat(Texts.good(other).sha256()).isEqualTo(Texts.good(Texts.ALL).sha256());
    }

    @Test
    void is_another_when_anything_is() {
      assertThat(Texts.good(Texts.all("\"3599\"", "\"3598\"")).sha256())
          .isNotEqualTo(Texts.good(Texts.ALL).sha256());
    }

    @Test
    void reads_as_the_same_document() {
      var migration = Texts.good(Texts.ALL);
      var read = Texts.good(migration.canonical());

      assertThat(read.canonical()).isEqualTo(migration.canonical());
      assertThat(read.ops()).isEqualTo(migration.ops());
      assertThat(read.match()).isEqualTo(migration.match());
    }

    @Test
    void is_json_whatever_a_text_holds() {
      var migration =
          Texts.good(Texts.all("One of each", "\"q\\\" b\\\\ n\\n \u00e9 \\u0001 # '\""));

      assertThat(migration.canonical())
          .contains("\"title\":\"q\\\" b\\\\ n\\u000a é \\u0001 # '\"");
      assertThat(Texts.good(migration.canonical()).title()).isEqualTo(migration.title());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{N: \"1E+200\"} | type N",
        "{N: \"1E-131\"} | type N",
        "{M: {\"\": {S: x}}} | no name",
      })
  void Values_that_DynamoDB_does_not_take_are_refused(String value, String rule) {
    var text = Texts.ALL.replaceFirst("value: \\{[^}]*}", "value: " + value.replace("\\", ""));
    assertThat(text).isNotEqualTo(Texts.ALL);
    assertThat(Migration.read("a document", text))
        .isInstanceOfSatisfying(
            Read.Bad.class,
            bad -> assertThat(bad.faults()).anyMatch(fault -> fault.rule().contains(rule)));
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 2_000, 20_000})
  void Values_that_lie_too_deep_are_refused(int depth) {
    var value = "{L: [".repeat(depth) + "{S: x}" + "]}".repeat(depth);
    var text = Texts.ALL.replaceFirst("value: \\{[^}]*}", "value: " + value);
    assertThat(Migration.read("a document", text))
        .isInstanceOfSatisfying(
            Read.Bad.class,
            bad -> assertThat(bad.faults()).anyMatch(fault -> fault.rule().contains("deep")));
  }
}
