package dev.rollcall.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rollcall.core.schema.Release;
import dev.rollcall.testing.conformance.Service.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The dashboard in Chromium, on a service without a timer whose clock it moves itself. Every test
/// has a service of its own, and fails where the page logs an error or breaks its own policy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /// The rules that a reader of the page depends on: WCAG 2.1 A and AA, and axe's best practices.
  private static final String RUN_AXE =
      """
      async () => (await axe.run(document)).violations.map(
        (violation) => violation.id + ': ' + violation.nodes.map((node) => node.target.join(' ')).join(', '))
      """;

  private static final double PATIENCE_MILLIS = Duration.ofSeconds(30).toMillis();

  private final List<String> complaints = new ArrayList<>();
  private Chromium chromium;
  private Service service;
  private Listener listener;
  private Remote remote;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  void startBrowser() throws IOException {
    var executable = Chromium.find();
    if (executable.isEmpty()) {
      System.out.println("Skipped the tests of the dashboard: there is no Chromium on the PATH.");
    }
    assumeTrue(executable.isPresent(), "there is no Chromium on the PATH");
    chromium = Chromium.start(executable.orElseThrow());
    listener = new Listener();
  }

  @AfterAll
  void stopBrowser() {
    if (chromium != null) {
      chromium.close();
      listener.close();
    }
  }

  @BeforeEach
  void open() {
    complaints.clear();
    service = Service.start(new Options(0, null, false));
    remote = Remote.at(service.url());
    browse(1280, 800, ColorScheme.LIGHT);
  }

  @AfterEach
  void close() {
    context.close();
    service.close();
    assertThat(complaints).isEmpty();
  }

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
      assertThat(level).containsText("At rest", patiently());
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

  private static LocatorAssertions.ContainsTextOptions patiently() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
  }

  /// So that the page asks nothing of a desk that is closed.
  private void leave() {
    page.navigate("about:blank");
  }

  private void assertAccessible(String heading) {
    assertThat(
            page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(heading).setLevel(1)))
        .isVisible();
    // As text: a script element would be one that the page's policy forbids.
    page.evaluate(axe());
    assertThat((List<?>) page.evaluate(RUN_AXE)).as(page.url()).isEmpty();
    var overflow = "() => document.documentElement.scrollWidth - window.innerWidth";
    assertThat((Integer) page.evaluate(overflow))
        .as("scrolls sideways: " + page.url())
        .isLessThan(1);
  }

  private void browse(int width, int height, ColorScheme scheme) {
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setTimezoneId("UTC"));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    page = context.newPage();
    page.onPageError(error -> complaints.add(error));
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text() + " " + message.location());
      }
    });
  }

  private String create(String name) {
    var slug = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    var fields = Map.of("name", name, "slug", slug, "channels", "*");
    return remote.api("POST", "/api/v3/checks/", fields).path("uuid").asString();
  }

  private JsonNode hook(String url) {
    var channel = Map.of("kind", "webhook", "name", "Room", "settings", Map.of("url_down", url));
    return remote.api("POST", "/api/rollcall/v1/channels", channel);
  }

  private Locator statusCard() {
    return page.getByRole(AriaRole.REGION, named("Status"));
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /// The radio itself is hidden behind the word that looks like a button.
  private static Locator.CheckOptions forced() {
    return new Locator.CheckOptions().setForce(true);
  }

  private static String axe() {
    try (var script = DashboardTest.class.getResourceAsStream(AXE)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
