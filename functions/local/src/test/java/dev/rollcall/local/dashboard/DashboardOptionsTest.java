package dev.rollcall.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a1b2.execute-api.eu-central-1.amazonaws.com",
        "https://a1b2.execute-api.eu-central-1.amazonaws.com/",
        "http://localhost:8000",
        "http://127.0.0.1:8000/"
      })
  void take_the_address_of_an_api(String address) {
    var source = DashboardOptions.parse(List.of("--api", address)).source();
    assertThat(source)
        .isEqualTo(new DashboardOptions.Source.Address(URI.create(address.replaceFirst("/$", ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rollcall.example.org",
        "http://rollcall.example.org",
        "https://rollcall.example.org/api/",
        "https://rollcall.example.org/?a=b",
        "https://ann:secret@rollcall.example.org",
        "ftp://localhost",
        "https://"
      })
  void refuse_what_keys_should_not_go_to(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DashboardOptions.parse(List.of("--api", address)))
        .withMessageContaining("https://HOST");
  }

  @Test
  void need_one_of_stack_and_address() {
    var both = List.of("--api", "https://a.example.org", "--stack", "rollcall");
    for (var wrong : List.of(List.<String>of(), both)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DashboardOptions.parse(wrong))
          .withMessageContaining("either --stack or --api");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            DashboardOptions.parse(
                List.of("--api", "https://a.example.org", "--region", "eu-central-1")))
        .withMessageContaining("need --stack");
  }
}
