package dev.rollcall.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rollcall.core.schema.Release;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the dashboard says of the data, whatever that is.
class DashboardDataTest extends DashboardFixture {

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "LIGHT, 390", "DARK, 1280", "DARK, 390"})
  void how_the_data_is_can_be_seen_by_everybody(ColorScheme scheme, int width) {
    context.close();
    browse(width, 800, scheme);
    try (var desk = new DeskOfAnotherLevel()) {
      desk.settling();
      page.navigate(desk.url() + "/#/data");
      assertAccessible("Data version");
      var level = page.getByRole(AriaRole.REGION, named("Level"));
      assertThat(level).containsText("Settling");
      assertThat(level).containsText("Pass 1: 0 of 5 items");
      assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "0");
      assertThat(page.getByRole(AriaRole.REGION, named("History"))).containsText("0001");

      desk.settled();
      assertThat(level).containsText("At rest");
      assertThat(page.getByRole(AriaRole.REGION, named("Releases seen")))
          .containsText(Release.THIS.name());
      assertThat(page.getByRole(AriaRole.REGION, named("Newest events")))
          .containsText("Settling → steady");
      assertAccessible("Data version");
      leave();
    }
    try (var desk = new DeskOfAnotherLevel()) {
      desk.blocked();
      page.navigate(desk.url() + "/#/data");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("400 KB");
      assertAccessible("Data version");
      leave();
    }
  }

  @Test
  void every_page_says_how_the_release_stands_to_newer_data_and_what_helps() {
    try (var desk = new DeskOfAnotherLevel()) {
      desk.data().served(new Release("0.3.0", Release.THIS.level() + 1, 1));
      desk.data().readOnly();
      page.navigate(desk.url() + "/#/integrations");
      var banner = page.locator(".banner");
      assertThat(banner).containsText("change nothing. Deploy release 0.3.0");
      page.getByRole(AriaRole.LINK, named("Data version")).click();
      assertAccessible("Data version");
      leave();
    }
    try (var desk = new DeskOfAnotherLevel()) {
      desk.data().served(new Release("0.3.0", Release.THIS.level() + 1, 1));
      desk.data().unreadable();
      page.navigate(desk.url() + "/#/checks");
      var banner = page.locator(".banner");
      assertThat(banner).containsText("cannot read it. Pings are kept");
      assertThat(banner).containsText("Deploy release 0.3.0");
      page.getByRole(AriaRole.LINK, named("Data version")).click();
      assertAccessible("Data version");
      assertThat(page.getByRole(AriaRole.REGION, named("Level"))).containsText("cannot read");
      leave();
    }
    try (var desk = new DeskOfAnotherLevel()) {
      desk.data().aheadAndTolerant();
      page.navigate(desk.url() + "/#/checks");
      assertThat(page.locator(".banner")).containsText("Both get on with each other.");
      leave();
    }
    // The browser notes each 503 there, which is what the API has to answer.
    complaints.removeIf(complaint -> complaint.contains("status of 503"));
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "LIGHT, 390", "DARK, 1280", "DARK, 390"})
  void what_cannot_be_read_is_named_and_the_rest_is_shown(ColorScheme scheme, int width) {
    context.close();
    browse(width, 800, scheme);
    try (var desk = new DeskOfAnotherLevel()) {
      var there = Remote.at(desk.url());
      var bad = there.api("POST", "/api/v3/checks/", Map.of("name", "bad")).path("uuid").asString();
      desk.damageCheck(bad);
      page.navigate(desk.url() + "/#/checks");
      var missing = page.getByRole(AriaRole.COMPLEMENTARY, named("Not shown"));
      assertThat(missing).containsText("1 check cannot be read");
      var _ = there.api("POST", "/api/v3/checks/", Map.of("name", "good"));
      page.reload();
      assertThat(page.getByRole(AriaRole.ROWHEADER)).containsText("good");
      assertThat(page).hasTitle(Pattern.compile("^\\(0\\) \\(\\?\\)|^\\(\\?\\)"));
      missing.locator("summary").click();
      assertThat(missing.getByText(bad)).isVisible();
      assertAccessible("Checks");
      var channel = desk.damageChannel();
      page.navigate(desk.url() + "/#/integrations");
      assertThat(missing).containsText("1 integration cannot be read");
      missing.locator("summary").click();
      assertThat(missing.getByText(channel)).isVisible();
      assertAccessible("Integrations");
      leave();
    }
  }
}
