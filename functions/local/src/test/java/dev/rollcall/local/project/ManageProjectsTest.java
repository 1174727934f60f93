package dev.rollcall.local.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.LocalData;
import dev.rollcall.local.LocalTables;
import dev.rollcall.local.command.Ran;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.SchemaItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The command on data that the local service has made: one project, with three checks.
class ManageProjectsTest {
  private static final Pattern KEY = Pattern.compile("hc[wr]_\\w{28}");
  private static final Pattern PING_KEY = Pattern.compile("ping key +(\\w{22})");

  @TempDir private static Path made;

  @TempDir private Path work;
  private Path data = Path.of("");

  @BeforeAll
  static void make() {
    LocalData.make(made);
  }

  @BeforeEach
  void lay_out() throws IOException {
    data = Files.createDirectories(work.resolve("data"));
    try (var files = Files.list(made)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, data.resolve(file.getFileName()));
      }
    }
  }

  /// The secrets in what was printed, of API keys and of ping keys.
  private static List<String> secrets(Ran ran) {
    var found = new ArrayList<String>();
    KEY.matcher(ran.out()).results().forEach(key -> found.add(key.group()));
    PING_KEY.matcher(ran.out()).results().forEach(key -> found.add(key.group(1)));
    return found;
  }

  @Nested
  class A_project_that_is_made {

    @Test
    void has_keys_and_says_what_to_do_next() {
      var ran = run("create", "Backups");

      assertThat(ran.status()).isZero();
      assertThat(ran.err()).isEmpty();
      assertThat(Set.copyOf(secrets(ran))).hasSize(3);
      assertThat(ran.out())
          .startsWith("Project Backups is made.")
          .contains("./rollcall local --data " + data, "curl http://localhost:8000/api/v3/checks/")
          .doesNotContain("mail");
    }

    @Test
    void mails_its_first_alert_to_the_address_that_was_given() {
      var ran = run("create", "Backups", "--mail", "ops@example.org");

      assertThat(ran.out()).contains("mail their alerts to ops@example.org");
      assertThat(LocalData.toldOfAFailure(data, secrets(ran).getFirst()))
          .containsExactly("ops@example.org");
    }

    @Test
    void is_listed_with_the_others_and_without_keys() {
      var secrets = secrets(run("create", "Backups", "--mail", "ops@example.org"));

      var list = run("list");

      assertThat(list.status()).isZero();
      assertThat(list.out())
          .containsPattern("ID +CHECKS +NAME\n")
          .containsPattern("[0-9a-f-]{36}  0 +Backups\n")
          .containsPattern("[0-9a-f-]{36}  3 +My project\n");
      assertThat(secrets(list)).isEmpty();
      assertThat(secrets).hasSizeGreaterThanOrEqualTo(3).noneMatch(list.out()::contains);
    }

    @Test
    void shares_its_name_but_no_key_with_one_of_the_same_name() {
      var first = secrets(run("create", "Backups"));
      var second = secrets(run("create", "Backups"));

      assertThat(second).doesNotContainAnyElementsOf(first);
      assertThat(run("list").out().lines().filter(line -> line.endsWith("Backups"))).hasSize(2);
    }
  }

  @Nested
  class Data_of_another_level {

    @Test
    void that_cannot_be_read_is_left_alone() {
      says(SchemaItems::unreadable);
      var before = items();

      for (var ran : List.of(run("create", "Backups"), run("list"))) {
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
            .contains(
                "may not read the data, which is at level 3", "nothing was changed", "Deploy");
      }
      assertThat(items()).isEqualTo(before);
    }

    @Test
    void that_may_only_be_read_is_listed_and_not_changed() {
      says(SchemaItems::readOnly);
      var before = items();

      var ran = run("create", "Backups", "--mail", "ops@example.org");

      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err()).contains("may read, but not change", "nothing was changed");
      assertThat(items()).isEqualTo(before);
      assertThat(run("list").out()).contains("My project");
    }

    @Test
    void that_any_release_may_change_is_changed() {
      says(SchemaItems::aheadAndTolerant);

      assertThat(run("create", "Backups").status()).isZero();
    }

    private void says(Consumer<SchemaItems> what) {
      try (var tables = LocalTables.open(data)) {
        what.accept(new SchemaItems(tables.client("test"), LocalTables.TABLES));
      }
    }
  }

  @Nested
  class Data_that_is_not_to_be_had {

    @Test
    void is_that_of_a_service_that_runs() throws Exception {
      try (var _ = LocalData.running(data)) {
        var ran = run("create", "Backups");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("another Rollcall keeps its data in");
      }
    }

    @Test
    void is_missing_and_is_not_made() {
      data = work.resolve("nothing");
      assertThat(run("create", "Backups").err()).contains("there is no data in " + data);
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void a_table_that_cannot_be_reached_is_named_with_what_to_look_at() {
    var nobody = "nobody-whom-a-profile-names";
    var ran = typed("create", "Jobs", "--state-table", "t", "--region", "r", "--profile", nobody);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("the table t does not answer", nobody, "See that --state-table, --region")
        .endsWith("Nothing was changed\n");
  }

  @Test
  void a_command_that_is_wrong_is_answered_with_the_usage_and_changes_nothing() {
    var before = items();
    var ran = run("create", "Backups", "--mail", "nobody");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("rollcall project: --mail nobody is not an e-mail address\nusage: ");
    assertThat(items()).isEqualTo(before);
  }

  private Ran run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return typed(all.toArray(String[]::new));
  }

  private static Ran typed(String... arguments) {
    return Ran.typing("", terminal -> new ManageProjects(terminal).run(List.of(arguments)));
  }

  private Set<Map<String, AttributeValue>> items() {
    try (var tables = LocalTables.open(data)) {
      return Items.in(tables.client("test"), LocalTables.TABLES.state()).stream()
          .collect(Collectors.toSet());
    }
  }
}
