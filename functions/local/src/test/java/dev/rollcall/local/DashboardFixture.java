package dev.rollcall.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// The dashboard in Chromium, on a service without a timer whose clock it moves itself. Every test
/// has a service of its own, and fails where the page logs an error or breaks its own policy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DashboardFixture {
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /// The rules that a reader of the page depends on: WCAG 2.1 A and AA, and axe's best practices.
  private static final String RUN_AXE =
      """
      async () => (await axe.run(document)).violations.map(
        (violation) => violation.id + ': ' + violation.nodes.map((node) => node.target.join(' ')).join(', '))
      """;

  static final double PATIENCE_MILLIS = Duration.ofSeconds(30).toMillis();

  final List<String> complaints = new ArrayList<>();
  private Chromium chromium;
  Service service;
  Listener listener;
  Remote remote;
  BrowserContext context;
  Page page;

  @BeforeAll
  void startBrowser() throws IOException {
    var executable = Chromium.find();
    if (executable.isEmpty()) {
      System.out.println("Skipped the tests of the dashboard: there is no Chromium on the PATH.");
    }
    assumeTrue(executable.isPresent(), "there is no Chromium on the PATH");
    chromium = Chromium.start(executable.orElseThrow());
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
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

  /// So that the page asks nothing of a desk that is closed.
  void leave() {
    page.navigate("about:blank");
  }

  void assertAccessible(String heading) {
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

  final void browse(int width, int height, ColorScheme scheme) {
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

  String create(String name) {
    var slug = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    var fields = Map.of("name", name, "slug", slug, "channels", "*");
    return remote.api("POST", "/api/v3/checks/", fields).path("uuid").asString();
  }

  JsonNode hook(String url) {
    var channel = Map.of("kind", "webhook", "name", "Room", "settings", Map.of("url_down", url));
    return remote.api("POST", "/api/rollcall/v1/channels", channel);
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static String axe() {
    try (var script = DashboardFixture.class.getResourceAsStream(AXE)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
