package dev.rollcall.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The address at which a check is pinged by mail, on the check's page.
class PingAddressTest extends DashboardFixture {

  private record Mail(String query, String text) {
    byte[] bytes() {
      return text.getBytes(UTF_8);
    }
  }

  @Test
  void is_copied_and_takes_mail() {
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    var check = create("Nightly backup");
    page.navigate(service.url() + "/#/checks/" + check);
    button("Copy ping address").click();
    var address = (String) page.evaluate("() => navigator.clipboard.readText()");
    assertThat(page.getByText(address)).isVisible();

    for (var mail :
        List.of(
            new Mail("?to=" + address, "Subject: complete\n\n"),
            new Mail("", "From: nas@example.org\nTo: " + address + "\n\n42 files"))) {
      var sent = remote.http().send("POST", "/_local/mail" + mail.query(), Map.of(), mail.bytes());
      assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    }
    var shown = remote.api("GET", "/api/v3/checks/" + check, Map.of());
    assertThat(shown.path("n_pings").asInt()).isEqualTo(2);
    assertThat(page.getByText("Up", new Page.GetByTextOptions().setExact(true))).isVisible();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "LIGHT, 390", "DARK, 1280", "DARK, 390"})
  void can_be_read_by_everybody(ColorScheme scheme, int width) {
    context.close();
    browse(width, 900, scheme);
    page.navigate(service.url() + "/#/checks/" + create("Nightly backup"));
    assertThat(button("Copy ping address")).isVisible();
    assertAccessible("Nightly backup");
  }

  @Test
  void is_not_shown_where_no_mail_is_taken() {
    try (var desk = new DeskOfAnotherLevel()) {
      var made = Remote.at(desk.url()).api("POST", "/api/v3/checks/", Map.of("name", "Mailless"));
      page.navigate(desk.url() + "/#/checks/" + made.path("uuid").asString());
      assertOnlyTheUrlIsShown();
      leave();
    }
  }

  /// The page of a release may stay open while its functions go back to one before it.
  @Test
  void is_not_shown_while_the_server_does_not_know_it() {
    page.route(
        "**/api/rollcall/v1/checks/*",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(405)));
    page.navigate(service.url() + "/#/checks/" + create("Nightly backup"));
    assertOnlyTheUrlIsShown();
    leave();
    // The browser notes each of them.
    complaints.removeIf(complaint -> complaint.contains("status of 405"));
  }

  private void assertOnlyTheUrlIsShown() {
    assertThat(button("Copy ping URL")).isVisible();
    assertThat(page.getByText("Ping by mail")).hasCount(0);
    assertThat(button("Copy ping address")).hasCount(0);
  }
}
