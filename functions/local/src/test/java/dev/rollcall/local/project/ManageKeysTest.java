package dev.rollcall.local.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.LocalData;
import dev.rollcall.local.LocalTables;
import dev.rollcall.local.command.Ran;
import dev.rollcall.testing.SchemaItems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API keys of a project that the command has made, beside that of the local service.
class ManageKeysTest {
  private static final Pattern KEY = Pattern.compile("hc[wr]_\\w{28}");

  @TempDir private Path data;
  private String writing = "";
  private String reading = "";

  @BeforeEach
  void make() {
    LocalData.make(data);
    var keys = keys(run("create", "Backups"));
    writing = keys.getFirst();
    reading = keys.stream().filter(key -> key.startsWith("hcr_")).findFirst().orElseThrow();
  }

  @Nested
  class A_key_that_is_rotated {

    @Test
    void is_refused_and_the_new_one_serves_and_the_other_kind_stays() {
      var ran = run("key", "Backups", "--rotate");

      assertThat(ran.status()).isZero();
      assertThat(ran.err()).isEmpty();
      assertThat(keys(ran)).singleElement().asString().startsWith("hcw_").isNotEqualTo(writing);
      assertThat(ran.out()).containsPattern("Refused from now on:\n\n  " + start(writing) + "…");
      assertThat(LocalData.answers(data, List.of(writing, keys(ran).getFirst(), reading)))
          .containsExactly(401, 200, 200);
    }

    @Test
    void may_be_the_one_that_only_reads() {
      var ran = run("key", "Backups", "--rotate", "--read-only");

      assertThat(keys(ran)).singleElement().asString().startsWith("hcr_");
      assertThat(LocalData.answers(data, List.of(writing, keys(ran).getFirst(), reading)))
          .containsExactly(200, 200, 401);
    }

    @Test
    void is_found_by_the_project_as_it_is_listed() {
      var id = run("list").out().lines().filter(line -> line.endsWith("Backups")).findFirst();

      assertThat(run("key", id.orElseThrow().split(" ", -1)[0], "--rotate").status()).isZero();
      assertThat(run("key", "Backups").out()).doesNotContain(start(writing));
    }
  }

  @Test
  void a_key_that_is_added_serves_beside_the_old_one_until_that_is_revoked() {
    var added = keys(run("key", "Backups", "--add")).getFirst();
    assertThat(LocalData.answers(data, List.of(writing, added))).containsExactly(200, 200);

    var ran = run("key", "Backups", "--revoke", start(writing));

    assertThat(ran.status()).isZero();
    assertThat(LocalData.answers(data, List.of(writing, added, reading)))
        .containsExactly(401, 200, 200);
  }

  @Test
  void are_listed_by_what_they_may_and_never_whole() {
    var ran = run("key", "Backups");

    assertThat(ran.out())
        .startsWith("KEY ")
        .containsPattern(start(writing) + "… +read and write +20")
        .containsPattern(start(reading) + "… +read +20")
        .hasLineCount(3);
    assertThat(keys(ran)).isEmpty();
  }

  @Nested
  class Nothing_is_changed {

    @Test
    void when_the_project_is_none_or_two_have_its_name() {
      run("create", "Backups");

      assertThat(run("key", "Other", "--rotate").err()).contains("no project Other", "`list`");
      assertThat(run("key", "Backups", "--rotate").err()).contains("2 projects Backups", "its id");
      assertThat(LocalData.answers(data, List.of(writing, reading))).containsExactly(200, 200);
    }

    @Test
    void when_no_key_begins_so() {
      var ran = run("key", "Backups", "--revoke", "hcw_");

      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err()).contains("0 API keys of Backups begin with exactly hcw_");
      assertThat(LocalData.answers(data, List.of(writing, reading))).containsExactly(200, 200);
    }

    @Test
    void when_the_data_may_only_be_read() {
      try (var tables = LocalTables.open(data)) {
        new SchemaItems(tables.client("test"), LocalTables.TABLES).readOnly();
      }
      for (var act :
          List.of(List.of("--rotate"), List.of("--add"), List.of("--revoke", start(writing)))) {
        var typed = new ArrayList<>(List.of("key", "Backups"));
        typed.addAll(act);
        var ran = run(typed.toArray(String[]::new));
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("may read, but not change");
      }
      assertThat(run("key", "Backups").out())
          .contains(start(writing), start(reading))
          .hasLineCount(3);
    }
  }

  private static String start(String key) {
    return key.substring(0, 8);
  }

  private static List<String> keys(Ran ran) {
    return KEY.matcher(ran.out()).results().map(found -> found.group()).distinct().toList();
  }

  private Ran run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return Ran.typing("", terminal -> new ManageProjects(terminal).run(all));
  }
}
