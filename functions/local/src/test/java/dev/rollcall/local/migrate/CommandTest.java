package dev.rollcall.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.local.command.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

  @Test
  void is_about_the_local_services_data_unless_it_says_otherwise() {
    assertThat(parse("status").place()).isEqualTo(new Place.Desk(Path.of(".rollcall")));
    assertThat(parse("status --data there").place()).isEqualTo(new Place.Desk(Path.of("there")));
    assertThat(parse("status --state-table t --profile p --region r").place())
        .isEqualTo(new Place.Cloud("t", "p", "r"));
  }

  @Test
  void has_a_level_a_migration_and_documents() {
    assertThat(parse("plan").to()).isNull();
    assertThat(parse("rollback --to 3 --lossy").to()).isEqualTo(3);
    assertThat(parse("rollback --to 3 --lossy").lossy()).isTrue();
    assertThat(parse("finalise --through 0001 --yes").through()).isEqualTo("0001");
    assertThat(parse("apply --documents d --release 0.9.0").documents()).isEqualTo(Path.of("d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                  | there is no command",
        "fly                                 | there is no command fly",
        "status --fast                       | there is no option --fast",
        "status --data                       | --data needs a value",
        "status --to 2                       | status has no option --to",
        "plan --to 0                         | --to needs a level from 1 on, not 0",
        "plan --to two                       | --to needs a level from 1 on, not two",
        "rollback                            | rollback needs --to",
        "apply --lossy                       | apply has no option --lossy",
        "finalise                            | finalise needs --through",
        "status --profile p                  | --profile and --region need --stack or --state-table",
        "status --data d --state-table t     | exclude each other",
        "status --release 1.0.0              | --release names the release of --documents",
      })
  void says_what_is_wrong(String typed, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(typed))
        .withMessageContaining(reason);
  }

  private static Command parse(String typed) {
    return Command.parse(typed.isEmpty() ? List.of() : List.of(typed.split(" ")));
  }
}
