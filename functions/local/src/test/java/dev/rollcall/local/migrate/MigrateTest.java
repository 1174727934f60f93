package dev.rollcall.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.LocalData;
import dev.rollcall.local.command.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The command on data that the local service has made.
class MigrateTest extends OnDeskData {
  private static final Path OWN = Path.of("..", "..", "schema-migrations");

  private static final String LOSSY =
      """
      format: 1
      vocab: 1
      id: "0002"
      title: Fewer kinds
      release: 0.3.0
      level: {from: 2, to: 3}
      compat: {minReader: 3, minWriter: 3}
      match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 2}
      ops:
        - {op: map, attr: kind, values: [{from: {S: email}, to: {S: mail}}], phase: settle}
      loss: {down: lossy, finalised: none}
      backup: on-demand
      examples:
        - up: {in: {kind: {S: email}}, out: {kind: {S: mail}}}
        - down: {in: {kind: {S: mail}}, out: {kind: {S: email}}}
      """;

  @Nested
  class Data_of_a_desk {
    @Test
    void goes_back_to_the_first_level_and_up_again_and_keeps_its_secrets() {
      assertThat(run("apply").status()).isZero();
      var before = items();
      assertThat(with("secret", before)).hasSize(3);

      var back = run("rollback", "--to", "1");
      assertThat(back).isEqualTo(new Ran(0, "Done: the data is at level 1, steady.\n", ""));
      assertThat(with("secret", items())).isEmpty();

      var again = run("apply");
      assertThat(again).isEqualTo(new Ran(0, "Done: the data is at level 2, steady.\n", ""));
      assertThat(items()).isEqualTo(before);
    }

    @Test
    void is_taken_up_by_a_newer_release_and_back_by_this_one_which_lacks_its_documents() {
      run("apply");
      var before = items();

      var up = run("apply", "--documents", newer.toString(), "--release", "0.4.0");
      assertThat(up.err()).isEmpty();
      assertThat(up.out()).contains("level 4");
      assertThat(with("owner", items())).hasSize(3);
      assertThat(values("grace")).containsOnly("59");

      var seen = run("status");
      assertThat(seen.out())
          .contains("may not read it: it keeps pings for later")
          .containsPattern("0003 +3 to 4 +applied .* 0.4.0, by anna +3 items, .*Grace times")
          .containsPattern("0.4.0 +level 4");
      assertThat(run("apply").err()).contains("level 4", "`rollback --to 2` takes it back");

      assertThat(run("rollback", "--to", "2").status()).isZero();
      assertThat(items()).isEqualTo(before);
    }

    @Test
    void has_nothing_to_do_where_it_is() {
      run("apply");
      assertThat(run("apply").out()).isEqualTo("Nothing to do: the data is at level 2, steady.\n");
      assertThat(run("plan").out()).isEqualTo("Nothing to do: the data is at level 2.\n");
    }

    @Test
    void is_seen_by_programs() {
      run("apply");
      var status = json(run("status", "--json"));
      assertThat(status.path("level").asInt()).isEqualTo(2);
      assertThat(status.path("release").path("fit").asString()).isEqualTo("normal");
      assertThat(status.path("history").path(0).path("id").asString()).isEqualTo("0001");
      assertThat(json(run("apply", "--json")).path("result").asString()).isEqualTo("nothing_to_do");
      assertThat(json(run("rollback", "--to", "1", "--json")).path("result").asString())
          .isEqualTo("done");
    }

    @Test
    void may_be_paused_and_gone_on_with() {
      run("apply");
      assertThat(run("pause").out()).startsWith("Paused.");
      assertThat(run("status").out()).contains("steady, paused");
      assertThat(run("rollback", "--to", "1").err()).contains("`resume` goes on");
      assertThat(with("secret", items())).hasSize(3);

      assertThat(run("resume").out()).isEqualTo("Done: the data is at level 1, steady.\n");
      assertThat(with("secret", items())).isEmpty();
    }

    @Test
    void is_shown_as_far_as_it_is_understood_and_left_alone() {
      run("apply");
      say("minReader", AttributeValue.fromS("two"));

      assertThat(run("status").out())
          .containsPattern("Level +2, written as 2\n")
          .contains("from level ? on may read", "may not read it")
          .containsPattern("Unclear +SCHEMA: `minReader` is no number\n");
      assertThat(json(run("status", "--json")).path("unclear")).hasSize(1);
      assertThat(run("apply").err()).contains("`minReader` is no number", "Deploy");
      assertThat(run("resume").err()).contains("`minReader` is no number", "Deploy");
      assertThat(run("plan").out()).contains("Refused", "`minReader` is no number");
    }
  }

  @Nested
  class A_plan {
    @Test
    void counts_shows_examples_and_changes_nothing() {
      run("apply");
      var before = items();

      var plan = run("plan", "--documents", newer.toString());

      assertThat(plan.status()).isZero();
      assertThat(plan.out())
          .contains("Apply 0002: Checks have owners\n  3 items, 3 to be written\n")
          .containsPattern("owner +nothing → nobody")
          .containsPattern("grace +3599 → 59")
          .endsWith("From level 2 to level 4. Nothing was changed.\n");
      assertThat(items()).isEqualTo(before);
      var tree = json(run("plan", "--documents", newer.toString(), "--json"));
      assertThat(tree.path("steps").path(1).path("changes").asInt()).isEqualTo(3);
    }

    @Test
    void shows_nobodys_secret() {
      run("apply");
      var secrets = values("secret");
      for (var plan : List.of(run("plan", "--to", "1"), run("plan", "--to", "1", "--json"))) {
        assertThat(plan.out()).contains("0001", "secret", "(not shown)");
        assertThat(secrets).hasSize(3).noneMatch(plan.out()::contains);
      }
    }

    @Test
    void names_what_would_be_lost() throws IOException {
      lossy();
      assertThat(run("plan", "--to", "2").out()).contains("Take back 0002", "Lost: ");
    }
  }

  @Nested
  class What_cannot_be_undone {
    @Test
    void is_asked_for_by_name_before_it_is_lost() throws IOException {
      lossy();
      var refused = run("rollback", "--to", "2");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).contains("loses something", "--lossy");

      var declined = typing("no\n", "rollback", "--to", "2", "--lossy");
      assertThat(declined.status()).isEqualTo(1);
      assertThat(declined.err()).contains("Type 0002 to go on", "nothing was done");
      assertThat(values("kind")).containsOnly("mail");

      assertThat(typing("0002\n", "rollback", "--to", "2", "--lossy").status()).isZero();
      assertThat(values("kind")).containsOnly("email");
    }

    @Test
    void is_not_asked_for_twice() throws IOException {
      lossy();
      assertThat(run("rollback", "--to", "2", "--lossy", "--yes").status()).isZero();
    }

    @Test
    void is_the_way_back_of_a_final_migration() throws IOException {
      run("apply");
      assertThat(run("finalise", "--through", "0001", "--yes").err()).contains("14 days");
      Files.writeString(data.resolve("clock"), "P15D");

      assertThat(typing("", "finalise", "--through", "0001").err()).contains("nothing was done");
      assertThat(typing("0001\n", "finalise", "--through", "0001").status()).isZero();
      assertThat(run("rollback", "--to", "1").err()).contains("0001 is final");
      assertThat(with("secret", items())).hasSize(3);
    }

    @Test
    void is_what_was_left_of_a_migration_that_was_taken_back() throws IOException {
      run("apply");
      var secrets = values("secret");
      run("rollback", "--to", "1");
      assertThat(run("finalise", "--through", "0001", "--yes").err())
          .contains("0001 was taken back less than 14 days ago");
      Files.writeString(data.resolve("clock"), "P15D");

      var asked = typing("0001\n", "finalise", "--through", "0001");
      assertThat(asked.err()).contains("is thrown away", "Type 0001 to go on");
      assertThat(asked.status()).isZero();
      run("apply");
      assertThat(values("secret")).hasSize(3).doesNotContainAnyElementsOf(secrets);
    }
  }

  @Nested
  class Documents_that_are_wrong {
    @Test
    void are_named_with_line_rule_and_remedy_and_nothing_is_touched() throws IOException {
      change("0002-owners.yaml", "op: add", "op: guess");
      refuses("0002-owners.yaml:10: ", "guess");
    }

    @Test
    void are_refused_for_a_gap_between_their_levels() throws IOException {
      Files.delete(newer.resolve("0002-owners.yaml"));
      refuses("0003-grace-in-minutes.yaml:6: ", "the documents before lead to level 2");
    }

    @Test
    void are_refused_for_another_text_than_the_data_remembers() throws IOException {
      run("apply", "--documents", newer.toString());
      change("0002-owners.yaml", "S: nobody", "S: root");
      refuses("0002", "another text", "SHA-256");
    }

    @Test
    void are_refused_for_another_text_than_their_lock() throws IOException {
      Files.copy(OWN.resolve("migrations.lock"), newer.resolve("migrations.lock"));
      refuses("migrations.lock:", "0002-owners.yaml is missing here");
    }

    @Test
    void are_missed_where_there_are_none() {
      assertThat(run("apply", "--documents", work.resolve("gone").toString()).err())
          .contains("there is no folder");
      assertThat(run("apply", "--documents", data.toString()).err())
          .contains("there is no document in");
    }

    private void refuses(String... words) {
      var before = items();
      var ran = run("apply", "--documents", newer.toString());
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err()).contains(words);
      assertThat(items()).isEqualTo(before);
    }

    private void change(String file, String from, String to) throws IOException {
      var text = Files.readString(newer.resolve(file));
      assertThat(text).contains(from);
      Files.writeString(newer.resolve(file), text.replace(from, to));
    }
  }

  @Nested
  class Data_that_is_not_to_be_had {
    @Test
    void is_that_of_a_service_that_runs() throws Exception {
      try (var _ = LocalData.running(data)) {
        var ran = run("status");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("another Rollcall keeps its data in");
      }
    }

    @Test
    void is_missing_and_is_not_made() {
      data = work.resolve("nothing");
      assertThat(run("status").err()).contains("there is no data in");
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void a_command_that_is_wrong_is_answered_with_the_usage() {
    var ran = run("status", "--fast");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).startsWith("rollcall migrate: there is no option --fast\nusage: ");
  }

  private void lossy() throws IOException {
    Files.delete(newer.resolve("0002-owners.yaml"));
    Files.delete(newer.resolve("0003-grace-in-minutes.yaml"));
    Files.writeString(newer.resolve("0002-fewer-kinds.yaml"), LOSSY);
    assertThat(run("apply", "--documents", newer.toString()).err()).isEmpty();
  }
}
