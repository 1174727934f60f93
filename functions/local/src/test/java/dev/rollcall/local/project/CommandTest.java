package dev.rollcall.local.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
        "fly                              | there is no command fly; there are create, list",
        "create                           | create needs the project's name",
        "create My jobs                   | two names, My and jobs; quote a name",
        "create Mine --mail               | --mail needs a value",
        "create Mine --mail nobody        | --mail nobody is not an e-mail address",
        "create Mine --fast               | there is no option --fast",
        "list Mine                        | there is no option Mine",
        "list --mail me@example.org       | there is no option --mail",
        "list --profile p                 | --profile and --region need --state-table",
        "create M --data d --state-table t | exclude each other",
      })
  void says_what_is_wrong(String typed, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(typed))
        .withMessageContaining(reason);
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
