package dev.rollcall.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rollcall.testing.conformance.Service.Hook;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dashboard as it is used from day to day.
class DashboardTest extends DashboardFixture {

  @Test
  void a_check_is_made_pinged_missed_told_of_edited_paused_and_deleted() {
    page.navigate(service.url());
    page.getByRole(AriaRole.LINK, named("Make the first check")).click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Nightly backup");
    button("Make check").click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Nightly backup"))).isVisible();
    var check = Objects.requireNonNull(page.url()).replaceAll(".*/", "");

    assertThat(statusCard()).containsText("Waiting for the first ping.");
    var answer =
        remote.http().send("POST", "/ping/" + check, Map.of(), "42 files copied".getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(statusCard()).containsText("Up");
    assertThat(statusCard()).containsText("Next ping expected in");

    for (int day = 0; day < 2; day++) {
      button("Advance +1 day").click();
      assertThat(button("Sweep")).isEnabled();
    }
    button("Sweep").click();
    assertThat(statusCard()).containsText("Down");
    assertThat(page.getByTestId("news")).containsText("Nightly backup");
    var log = page.getByRole(AriaRole.REGION, named("Log"));
    log.getByText("Body", new Locator.GetByTextOptions().setExact(true)).first().click();
    assertThat(log).containsText("42 files copied");

    page.getByRole(AriaRole.LINK, named("Outbox")).click();
    assertThat(page.getByRole(AriaRole.LIST, named("Mails"))).containsText("Nightly backup");
    page.goBack();

    page.getByRole(AriaRole.LINK, named("Edit")).click();
    page.getByRole(AriaRole.RADIO, named("Cron")).check(forced());
    var expression = page.locator("#check-cron");
    var preview = page.getByRole(AriaRole.REGION, named("Preview of the schedule"));
    expression.fill("5 4 * *");
    assertThat(preview.locator(".preview-error")).isVisible();
    expression.fill("5 4 * * MON");
    assertThat(preview.getByRole(AriaRole.LISTITEM).first()).containsText("04:05");
    button("Save changes").click();
    assertThat(page.getByRole(AriaRole.REGION, named("Details"))).containsText("5 4 * * MON");

    button("Pause").click();
    assertThat(statusCard()).containsText("Paused");
    button("Resume").click();
    assertThat(statusCard()).containsText("Waiting for the first ping.");

    button("Delete").click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON).last().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Who should answer the roll call?")))
        .isVisible();
    assertThat(remote.api("GET", "/api/v3/checks/", Map.of()).path("checks")).isEmpty();
  }

  @Test
  void a_webhook_is_added_and_hears_of_a_failure() {
    var room = listener.room("dashboard");
    var check = create("Invoices");
    page.navigate(service.url() + "/#/integrations");
    page.getByRole(AriaRole.RADIO, named("Webhook")).check(forced());
    page.locator("#setting-url_down").fill(room.url() + "/$SLUG");
    button("Add Webhook").click();
    assertThat(page.getByRole(AriaRole.LIST, named("Integrations"))).containsText("Webhook");

    remote.ping(check + "/fail");
    remote.control("POST", "/sweep", Map.of());
    assertThat(room.hooks()).extracting(Hook::path).containsExactly("/invoices");
  }

  @Test
  void the_secret_of_a_webhook_is_shown_when_it_is_asked_for() {
    var secret = hook(listener.room("secret").url()).path("signing_secret").asString();
    page.navigate(service.url() + "/#/integrations");
    var shown = page.getByText(secret);
    var summary = page.locator(".signing-secret summary");
    assertThat(summary).hasText("Signing secret of Room");
    assertThat(shown).isHidden();
    assertAccessible("Integrations");

    summary.click();
    assertThat(shown).isVisible();
    assertThat(button("Copy signing secret of Room")).isVisible();
    assertAccessible("Integrations");
  }

  @Test
  void the_api_is_looked_up_by_a_word_and_a_command_is_copied() {
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.navigate(service.url());
    page.getByRole(AriaRole.LINK, named("API").setExact(true)).click();
    page.getByLabel("Search the API").fill("409 /resume");
    var calls = page.locator(".api-operation");
    assertThat(calls).hasCount(1);
    calls.locator("> summary").click();
    assertThat(calls).containsText("check is not paused");
    button("Copy Resume a check: command").click();
    assertThat((String) page.evaluate("() => navigator.clipboard.readText()"))
        .startsWith("curl -X POST " + service.url() + "/api/v3/checks/")
        .contains("-H \"X-Api-Key: $api_key\"");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "LIGHT, 390", "DARK, 1280", "DARK, 390"})
  void the_api_can_be_read_by_everybody(ColorScheme scheme, int width) {
    context.close();
    browse(width, 800, scheme);
    page.navigate(service.url() + "/#/api?q=check");
    assertAccessible("API");
    for (var call : List.of("Make a check", "Show a check", "List the log of a check")) {
      page.locator(".api-operation > summary", new Page.LocatorOptions().setHasText(call))
          .first()
          .click();
    }
    assertThat(page.locator(".api-details")).hasCount(3);
    page.locator(".api-more > summary").all().forEach(Locator::click);
    assertThat(page.locator(".api-details").first()).containsText("manual_resume");
    assertAccessible("API");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "LIGHT, 390", "DARK, 1280", "DARK, 390"})
  void every_view_can_be_used_by_everybody(ColorScheme scheme, int width) {
    context.close();
    browse(width, 800, scheme);
    page.navigate(service.url() + "/#/checks");
    assertAccessible("Who should answer the roll call?");
    hook("https://example.org/");
    var check = create("Nightly backup");
    var other = create("Invoices");
    remote.ping(check);
    remote.ping(other + "/start");
    remote.ping(create("Broken") + "/fail");
    remote.control("POST", "/sweep", Map.of());
    Map.of(
            "/checks",
            "Checks",
            "/checks/new",
            "New check",
            "/checks/" + check,
            "Nightly backup",
            "/checks/" + check + "/edit",
            "Edit check",
            "/integrations",
            "Integrations",
            "/outbox",
            "Outbox",
            "/data",
            "Data version",
            "/nowhere",
            "There is nothing here")
        .forEach((view, heading) -> {
          page.navigate(service.url() + "/#" + view);
          page.reload();
          assertAccessible(heading);
          page.evaluate(
              "() => document.querySelectorAll('details').forEach((each) => (each.open = true))");
          assertAccessible(heading);
        });
  }

  private Locator statusCard() {
    return page.getByRole(AriaRole.REGION, named("Status"));
  }

  /// The radio itself is hidden behind the word that looks like a button.
  private static Locator.CheckOptions forced() {
    return new Locator.CheckOptions().setForce(true);
  }
}
