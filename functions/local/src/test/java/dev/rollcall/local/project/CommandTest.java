package dev.rollcall.local.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.local.command.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
  private static final Place DESK = new Place.Desk(Path.of(".rollcall"));

  @Test
  void is_about_the_local_services_data_unless_it_says_otherwise() {
    assertThat(parse("list")).isEqualTo(new Command.Listing(DESK));
    assertThat(parse("list --state-table t --profile p --region r"))
        .isEqualTo(new Command.Listing(new Place.Cloud("t", "p", "r")));
    assertThat(parse("create Mine --data there").place())
        .isEqualTo(new Place.Desk(Path.of("there")));
  }

  @Test
  void has_a_name_and_perhaps_an_address() {
    assertThat(parse("create Mine")).isEqualTo(new Command.Create(DESK, "Mine", null));
    assertThat(parse("create --mail me@example.org Mine"))
        .isEqualTo(new Command.Create(DESK, "Mine", "me@example.org"));
    assertThat(Command.parse(List.of("create", " My jobs ")))
        .isEqualTo(new Command.Create(DESK, "My jobs", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                               | there is no command",
        "fly                              | there is no command fly; there are create, list, key",
        "create                           | create needs the project's name",
        "create My jobs                   | two names, My and jobs; quote a name",
        "create Mine --mail               | --mail needs a value",
        "create Mine --mail nobody        | --mail nobody is not an e-mail address",
        "create Mine --fast               | there is no option --fast",
        "list Mine                        | there is no option Mine",
        "list --mail me@example.org       | there is no option --mail",
        "list --profile p                 | --profile and --region need --stack or --state-table",
        "create M --data d --state-table t | exclude each other",
        "create M --data d --stack s      | exclude each other",
        "key                              | key needs the project",
        "key One Two                      | two names, One and Two",
        "key One --rotate --add           | --rotate, --add and --revoke exclude each other",
        "key One --revoke                 | --revoke needs a value",
        "key One --read-only              | --read-only needs --rotate or --add",
        "key One --revoke x --read-only   | --read-only needs --rotate or --add",
      })
  void says_what_is_wrong(String typed, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(typed))
        .withMessageContaining(reason);
  }

  @Test
  void is_about_the_data_of_a_stack() {
    assertThat(parse("list --stack s --profile p --region r").place())
        .isEqualTo(new Place.Stack("s", "p", "r"));
  }

  @Test
  void says_what_becomes_of_keys() {
    var write = ApiKey.Access.READ_WRITE;
    assertThat(act("key One")).isEqualTo(new Command.Act.Look());
    assertThat(act("key --rotate One")).isEqualTo(new Command.Act.Rotate(write));
    assertThat(act("key One --add")).isEqualTo(new Command.Act.Add(write));
    assertThat(act("key One --revoke hcw_1234")).isEqualTo(new Command.Act.Revoke("hcw_1234"));
    var read = ApiKey.Access.READ_ONLY;
    assertThat(act("key One --rotate --read-only")).isEqualTo(new Command.Act.Rotate(read));
    assertThat(act("key --read-only --add One")).isEqualTo(new Command.Act.Add(read));
  }

  private static Command.Act act(String typed) {
    var key = (Command.Key) parse(typed);
    assertThat(key.project()).isEqualTo("One");
    return key.act();
  }

  @Test
  void says_which_names_cannot_be() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.parse(List.of("create", "x".repeat(101))))
        .withMessageContaining("at most 100 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.parse(List.of("create", "a\tb")))
        .withMessageContaining("control characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.parse(List.of("create", " ")))
        .withMessageContaining("needs the project's name");
  }

  private static Command parse(String typed) {
    return Command.parse(typed.isEmpty() ? List.of() : List.of(typed.split(" ")));
  }
}
