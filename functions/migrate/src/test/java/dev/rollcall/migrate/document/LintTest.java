package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What authors are told before a release has their document.
class LintTest {

  /// Gives channels a secret.
  private static final String FIRST =
      """
      format: 1
      vocab: 1
      id: "0001"
      title: Secrets
      release: 0.2.0
      level: {from: 1, to: 2}
      compat: {minReader: 1, minWriter: 1}
      match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 1}
      ops:
        - {op: add, attr: secret, value: {gen: hex32}}
      loss: {down: none-with-attic, finalised: none}
      backup: none
      examples:
        - up: {in: {kind: {S: mail}}, out: {kind: {S: mail}, secret: "@any"}}
        - down: {in: {secret: {S: x}}, out: {}}
      """;

  /// Takes their error away.
  private static final String SECOND =
      """
      format: 1
      vocab: 1
      id: "0002"
      title: Errors
      release: 0.3.0
      level: {from: 2, to: 3}
      compat: {minReader: 2, minWriter: 2}
      match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 2}
      ops:
        - {op: remove, attr: lastError, phase: settle}
      loss: {down: none-with-attic, finalised: the last error}
      backup: none
      examples:
        - up: {in: {lastError: {S: x}}, out: {}}
        - down: {in: {}, out: {}}
      """;

  private static final String RENAME = "{op: rename, from: name, to: label}";

  @TempDir private Path folder;

  @BeforeEach
  void two_documents() {
    write("0001-secrets.yaml", FIRST);
    write("0002-errors.yaml", SECOND);
    lock();
  }

  @Test
  void Good_documents_are_passed() {
    assertThat(Lint.check(folder)).isEmpty();
  }

  @Test
  void A_document_that_cannot_be_read_is_named() {
    write("0002-errors.yaml", SECOND.replace("op: remove", "op: drop"));

    assertThat(Lint.check(folder))
        .contains(
            new Fault(
                "0002-errors.yaml",
                10,
                "vocabulary 1 has no operation `drop`",
                "use one of add, map, remove, rename"));
  }

  @Nested
  class The_chain {

    @Test
    void has_no_gap() {
      second("{from: 2, to: 3}", "{from: 3, to: 4}");

      assertFault(6, "the documents before lead to level 2, and this one begins at 3");
    }

    @Test
    void has_each_id_once() {
      write("0001-again.yaml", FIRST);

      assertThat(Lint.check(folder))
          .extracting(Fault::rule)
          .contains("two documents have the id 0001");
    }

    @Test
    void names_the_version_that_items_have_by_then() {
      second("version: 2", "version: 1");

      assertFault(8, "items of this kind have version 2 by then");
    }

    @Test
    void does_not_go_back_in_releases() {
      second("release: 0.3.0", "release: 0.1.0");

      assertFault(5, "release 0.1.0 comes before that of the document before");
    }

    @Test
    void counts_releases_by_their_numbers() {
      second("release: 0.3.0", "release: 0.10.0");
      lock();

      assertThat(Lint.check(folder)).isEmpty();
    }

    @Test
    void has_ids_in_its_names() throws IOException {
      Files.move(folder.resolve("0002-errors.yaml"), folder.resolve("2-errors.yaml"));
      lock();

      assertThat(Lint.check(folder))
          .contains(
              new Fault(
                  "2-errors.yaml",
                  3,
                  "document 0002 is in the file 2-errors.yaml",
                  "name the file 0002-what-it-does.yaml"));
    }
  }

  @Nested
  class The_release_before {

    @Test
    void finds_what_it_reads() {
      second(", phase: settle", "");

      assertFault(10, "`remove` breaks readers of level 2, and `minReader` is 2");
    }

    @Test
    void knows_no_other_name_even_when_it_does_not_serve() {
      second(
          "{op: remove, attr: lastError, phase: settle}",
          "{op: rename, from: name, to: label, phase: settle}");

      assertFault(10, "`rename` breaks readers of level 2, and `minReader` is 2");
    }

    @Test
    void knows_no_other_value() {
      second(
          "{op: remove, attr: lastError, phase: settle}",
          "{op: map, attr: created, values: [{from: {N: \"60\"}, to: {N: \"1\"}}], phase: settle}");

      assertFault(10, "`map` breaks readers of level 2, and `minReader` is 2");
    }

    @Test
    void would_write_mirrors_that_nobody_reads() {
      second(
          "{op: remove, attr: lastError, phase: settle}", RENAME.replace("}", ", mirror: true}"));

      assertFault(10, "once settled, nobody reads what writers of level 2 write to `name`");
      assertFault(10, "`name` goes when the migration is final, and readers of level 2 need it");
    }

    @Test
    void still_needs_what_this_one_replaces() {
      second("  - {op: remove", "  - {op: add, attr: note, value: {S: x}}\n  - {op: remove");

      assertFault(11, "`remove` stands beside what is added");
    }

    @Test
    void still_needs_what_another_document_of_the_same_release_replaces() {
      second("release: 0.3.0", "release: 0.2.0");

      assertFault(10, "`remove` comes in the release that adds to the same items");
    }
  }

  @Test
  void A_mirror_is_nobody_elses() {
    write(
        "0002-errors.yaml",
        SECOND
            .replace(
                "{op: remove, attr: lastError, phase: settle}",
                RENAME.replace("}", ", mirror: true}"))
            .replace(
                "{minReader: 2, minWriter: 2}",
                "{minReader: 2, minWriter: 3, afterFinalise: {minReader: 3, minWriter: 3}}")
            .replace(
                "in: {lastError: {S: x}}, out: {}",
                "in: {name: {S: x}}, out: {name: {S: x}, label: {S: x}}"));
    assertFaultsOf("0002-errors.yaml").isEmpty();

    write(
        "0003-name.yaml",
        SECOND
            .replace("0002", "0003")
            .replace("{from: 2, to: 3}", "{from: 3, to: 4}")
            .replace("version: 2", "version: 3")
            .replace("lastError", "name"));
    assertFaultsOf("0003-name.yaml")
        .contains("`name` is still the mirror that document 0002 keeps");
  }

  @Nested
  class Loss {

    @Test
    void is_declared_for_the_way_back() {
      second("down: none-with-attic", "down: none");

      assertFault(11, "`remove` needs the attic on the way back");
    }

    @Test
    void is_declared_for_the_time_after() {
      second("finalised: the last error", "finalised: none");

      assertFault(11, "what `remove` takes away cannot be had back once the attic is gone");
    }

    @Test
    void is_declared_where_a_table_does_not_lead_back() {
      second(
          "{op: remove, attr: lastError, phase: settle}",
          "{op: map, attr: kind, values: [{from: {S: a}, to: {S: c}}, {from: {S: b}, to: {S: c}}]}");
      write(
          "0002-errors.yaml",
          read("0002-errors.yaml").replace("finalised: the last error", "finalised: none"));

      assertFault(11, "what `map` takes away cannot be had back once the attic is gone");
    }

    @Test
    void wants_a_backup_where_nothing_is_kept() {
      second("down: none-with-attic", "down: lossy");

      assertFault(12, "the way back loses something, and nothing is kept of it");
    }
  }

  @Nested
  class Examples {

    @Test
    void show_each_operation() {
      second("in: {lastError: {S: x}}", "in: {}");

      assertFault(10, "no example shows what `remove` does");
    }

    @Test
    void show_an_item_that_is_born_later() {
      second("  - down: {in: {}, out: {}}\n", "");

      assertFault(14, "no example shows what becomes of an item that was born at level 3");
    }

    @Test
    void come_out_as_they_say() {
      second(
          "in: {lastError: {S: x}}, out: {}", "in: {lastError: {S: x}}, out: {lastError: {S: x}}");

      assertFault(
          14,
          "an example comes out otherwise: up: `lastError` is missing, and the example says"
              + " {\"S\":\"x\"}");
    }
  }

  @Nested
  class The_lock {

    @Test
    void names_the_line_that_a_new_document_needs() {
      var text = SECOND.replace("0002", "0003").replace("{from: 2, to: 3}", "{from: 3, to: 4}");
      write("0003-more.yaml", text.replace("version: 2", "version: 3"));

      assertThat(Lint.check(folder))
          .singleElement()
          .satisfies(fault -> assertThat(fault.line()).isEqualTo(4))
          .satisfies(fault ->
              assertThat(fault.remedy()).matches("add the line 0003-more.yaml [0-9a-f]{64} 0.3.0"));
    }

    @Test
    void names_the_line_of_a_document_that_was_changed() {
      second("title: Errors", "title: Faults");

      assertThat(Lint.check(folder))
          .singleElement()
          .satisfies(fault -> assertThat(fault.file()).isEqualTo("migrations.lock"))
          .satisfies(fault -> assertThat(fault.line()).isEqualTo(3))
          .satisfies(fault ->
              assertThat(fault.remedy())
                  .startsWith("put its text back and write another document"));
    }

    @Test
    void does_not_mind_another_layout() {
      second("title: Errors", "# what people read\ntitle: 'Errors'");

      assertThat(Lint.check(folder)).isEmpty();
    }

    @Test
    void misses_documents() throws IOException {
      Files.delete(folder.resolve("0002-errors.yaml"));

      assertThat(Lint.check(folder))
          .containsExactly(
              new Fault(
                  "migrations.lock",
                  3,
                  "0002-errors.yaml was in release 0.3.0 and is gone",
                  "put it back: data may have been brought to its level"));
    }

    @Test
    void has_no_other_lines() {
      write("migrations.lock", read("migrations.lock") + "0003\n");

      assertThat(Lint.check(folder))
          .extracting(Fault::line, Fault::rule)
          .containsExactly(tuple(4, "this is not a line of migrations.lock"));
    }
  }

  private void second(String piece, String other) {
    assertThat(SECOND).contains(piece);
    write("0002-errors.yaml", SECOND.replace(piece, other));
  }

  private void assertFault(int line, String rule) {
    assertThat(Lint.check(folder))
        .anySatisfy(fault -> {
          assertThat(fault.file()).isEqualTo("0002-errors.yaml");
          assertThat(fault.line()).isEqualTo(line);
          assertThat(fault.rule()).isEqualTo(rule);
          assertThat(fault.remedy()).isNotBlank();
        });
  }

  private ListAssert<String> assertFaultsOf(String file) {
    return assertThat(
        Lint.check(folder).stream()
            .filter(fault -> fault.file().equals(file))
            .map(Fault::rule)
            .toList());
  }

  /// As if the documents had been released.
  private void lock() {
    List<String> lines = new ArrayList<>(List.of("# Documents that releases have."));
    for (var text : Documents.texts(folder, new ArrayList<>())) {
      lines.add(Lock.line(text.file(), Texts.good(text.text())));
    }
    write("migrations.lock", String.join("\n", lines) + "\n");
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
