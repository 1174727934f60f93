package dev.rollcall.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the dashboard says when it does not know how the checks are: nothing that it knows no more
/// looks as if it were so.
class DashboardDoubtTest extends DashboardFixture {
  private static final String CHECKS = "**/api/v3/checks/";
  private static final JsonMapper JSON = new JsonMapper();

  /// The browser notes each failure, which is what these tests bring about.
  @AfterEach
  void forgiveFailures() {
    complaints.removeIf(complaint -> complaint.contains("Failed to load resource"));
  }

  @ParameterizedTest
  @CsvSource({
    "401, The API key was refused., LIGHT, 1280",
    "500, The server failed (status 500)., DARK, 390"
  })
  void a_wall_of_a_thousand_checks_does_not_stay_green(
      int status, String cause, ColorScheme scheme, int width) {
    context.close();
    browse(width, 800, scheme);
    page.clock().install();
    page.route(CHECKS, route -> answer(route, 200, aThousand()));
    page.navigate(service.url() + "/#/checks");
    assertThat(page.locator(".checks tbody tr")).hasCount(1000);
    assertThat(page).hasTitle("Checks · Rollcall");
    var green = colourOf(upCount());

    page.unroute(CHECKS);
    page.route(CHECKS, route -> answer(route, status, "{\"error\":\"wrong api key\"}"));
    outlastTrust();
    assertThat(strip()).containsText(cause);
    assertThat(strip()).containsText(Pattern.compile("Last read \\d\\d:\\d\\d:\\d\\d"));
    assertThat(page).hasTitle("(?) Checks · Rollcall");
    assertThat(icon()).contains(">?</text>");
    assertThat(page.locator(".checks tbody tr")).hasCount(1000);
    assertThat(colourOf(upCount())).isNotEqualTo(green);
    assertThat(colourOf(upCount())).isEqualTo(colourOf(page.locator(".status").first()));

    page.evaluate("() => scrollTo(0, 4000)");
    assertThat(strip()).isInViewport();
    page.unroute(CHECKS);
    page.route(CHECKS, route -> answer(route, 200, aThousand()));
    // By keyboard: what lies under a pointer is not settled while a page of this height is
    // scrolled.
    button("Try again").press("Enter");
    assertThat(strip()).hasCount(0);
    assertThat(page).hasTitle("Checks · Rollcall");
    assertThat(colourOf(upCount())).isEqualTo(green);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "LIGHT, 390", "DARK, 1280", "DARK, 390"})
  void what_may_be_out_of_date_can_be_read_by_everybody(ColorScheme scheme, int width) {
    context.close();
    browse(width, 800, scheme);
    page.clock().install();
    hook("https://example.org/");
    var check = create("Nightly backup");
    remote.ping(check);
    remote.ping(create("Invoices") + "/start");
    remote.ping(create("Broken") + "/fail");
    remote.control("POST", "/sweep", Map.of());
    Map.of(
            "/checks",
            "Checks",
            "/checks/" + check,
            "Nightly backup",
            "/integrations",
            "Integrations",
            "/data",
            "Data version")
        .forEach((view, heading) -> {
          page.unrouteAll();
          page.navigate("about:blank");
          page.navigate(service.url() + "/#" + view);
          assertAccessible(heading);
          page.route("**/api/**", route -> answer(route, 500, "{}"));
          outlastTrust();
          assertThat(page.locator("[data-dated]").last()).isVisible();
          assertThat(strip()).isVisible();
          assertAccessible(heading);
        });
  }

  @Test
  void the_first_reading_that_fails_says_so() {
    page.clock().install();
    page.route(CHECKS, route -> answer(route, 500, "oops"));
    page.navigate(service.url() + "/#/checks");
    assertThat(strip()).containsText("Nothing could be read yet. The server failed (status 500).");
    assertThat(page.getByText("That did not work")).isVisible();
    assertThat(page).hasTitle("(?) Checks · Rollcall");

    page.unroute(CHECKS);
    outlastTrust();
    assertThat(page.getByRole(AriaRole.HEADING, named("Who should answer the roll call?")))
        .isVisible();
    assertThat(strip()).hasCount(0);
  }

  @Test
  void an_answer_of_somebody_else_is_none() {
    create("Nightly backup");
    page.clock().install();
    page.navigate(service.url() + "/#/checks");
    assertThat(page.locator(".checks tbody tr")).hasCount(1);
    page.route(
        CHECKS,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(200)
                    .setContentType("text/html")
                    .setBody("<h1>Welcome to the hotel’s network</h1>")));
    outlastTrust();
    assertThat(strip()).containsText("no answer of Rollcall’s");
    assertThat(page.locator(".checks tbody tr")).hasCount(1);
  }

  @Test
  void a_network_that_goes_is_told_and_one_that_comes_back_is_used_at_once() {
    create("Nightly backup");
    page.clock().install();
    page.navigate(service.url() + "/#/checks");
    assertThat(page.locator(".checks tbody tr")).hasCount(1);
    context.setOffline(true);
    outlastTrust();
    assertThat(strip()).containsText("This device is offline.");

    pause();
    page.clock().runFor(500);
    assertThat(strip()).hasCount(1);
    context.setOffline(false);
    // Shorter than any pause between two tries.
    page.clock().runFor(1500);
    assertThat(strip()).hasCount(0);
    assertThat(page).hasTitle("Checks · Rollcall");
  }

  @Test
  void a_page_that_the_browser_stops_does_not_claim_to_know() {
    create("Nightly backup");
    page.navigate(service.url() + "/#/checks");
    assertThat(page).hasTitle("Checks · Rollcall");
    assertThat(
            (String)
                page.evaluate(
                    """
                    async () => {
                      document.dispatchEvent(new Event('freeze'));
                      await null;
                      await null;
                      return document.title;
                    }
                    """))
        .isEqualTo("(?) Checks · Rollcall");
    page.evaluate("() => document.dispatchEvent(new Event('resume'))");
    assertThat(page).hasTitle("Checks · Rollcall");
  }

  @Nested
  class A_tab_that_nobody_sees {

    @Test
    void goes_on_reading_once_a_minute() {
      var check = create("Nightly backup");
      page.clock().install();
      page.navigate(service.url() + "/#/checks");
      assertThat(page.locator(".checks tbody tr")).hasCount(1);
      assertThat(icon()).doesNotContain("</text>");
      hide(true);
      var reads = new AtomicInteger();
      page.onRequest(request -> {
        if (request.url().endsWith("/api/v3/checks/")) {
          reads.incrementAndGet();
        }
      });
      remote.ping(check + "/fail");
      page.clock().fastForward(50_000);
      assertThat(page).hasTitle("Checks · Rollcall");
      assertThat(reads).hasValue(0);
      page.clock().fastForward(10_000);
      assertThat(page).hasTitle("(1) Checks · Rollcall");
      assertThat(icon()).contains(">1</text>");
      assertThat(reads).hasValue(1);
    }

    @Test
    void says_that_it_does_not_know() {
      create("Nightly backup");
      page.clock().install();
      page.navigate(service.url() + "/#/checks");
      assertThat(page.locator(".checks tbody tr")).hasCount(1);
      hide(true);
      page.route(CHECKS, route -> answer(route, 500, "{}"));
      page.clock().fastForward(60_000);
      assertThat(page).hasTitle("(?) Checks · Rollcall");
      assertThat(icon()).contains(">?</text>");
    }

    @Test
    void reads_at_once_when_somebody_looks() {
      var check = create("Nightly backup");
      page.clock().install();
      page.navigate(service.url() + "/#/checks");
      assertThat(page.locator(".checks tbody tr")).hasCount(1);
      hide(true);
      page.clock().fastForward(20_000);
      remote.ping(check + "/fail");
      pause();
      hide(false);
      page.clock().runFor(1);
      assertThat(page).hasTitle("(1) Checks · Rollcall");
    }

    private void hide(boolean hidden) {
      page.evaluate(
          """
          (hidden) => {
            Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
            document.dispatchEvent(new Event('visibilitychange'));
          }
          """,
          hidden);
    }
  }

  @Nested
  class An_answer_that_comes_late {

    @Test
    void does_not_throw_somebody_back_who_went_on_to_another_check() {
      create("Nightly backup");
      var b = create("Invoices");
      // Mails name a check by its unique key, and the page then goes to the check's own address.
      var name = uniqueKeyOf("Nightly backup");
      var held = new ArrayList<Route>();
      page.route("**/api/rollcall/v1/checks/" + name, held::add);
      page.navigate(service.url() + "/#/checks/" + name);
      Wait.until("A is being read", () -> settle(held));
      page.evaluate("id => (location.hash = `#/checks/${id}`)", b);
      assertThat(page.getByRole(AriaRole.HEADING, named("Invoices"))).isVisible();

      held.forEach(Route::resume);
      button("Pause").click();
      assertThat(page.getByText("Paused.", exactly())).isVisible();
      assertThat(page.url()).endsWith("/#/checks/" + b);
      assertThat(page.getByRole(AriaRole.HEADING, named("Invoices"))).isVisible();
    }

    @Test
    void does_not_throw_somebody_back_who_left_the_form() {
      var a = create("Nightly backup");
      var b = create("Invoices");
      page.navigate(service.url() + "/#/checks/" + a + "/edit");
      var held = new ArrayList<Route>();
      page.route("**/api/v3/checks/" + a, held::add);
      button("Save changes").click();
      Wait.until("A is being saved", () -> settle(held));
      page.evaluate("id => (location.hash = `#/checks/${id}`)", b);
      assertThat(page.getByRole(AriaRole.HEADING, named("Invoices"))).isVisible();
      held.forEach(Route::resume);
      assertThat(page.getByText("Saved.", exactly())).isVisible();
      assertThat(page.url()).endsWith("/#/checks/" + b);
    }

    @Test
    void is_told_to_somebody_who_left_the_form_before_it_was_refused() {
      var a = create("Nightly backup");
      page.navigate(service.url() + "/#/checks/" + a + "/edit");
      var held = new ArrayList<Route>();
      page.route("**/api/v3/checks/" + a, held::add);
      button("Save changes").click();
      Wait.until("A is being saved", () -> settle(held));
      page.getByRole(AriaRole.LINK, named("Integrations")).click();
      assertThat(page.getByRole(AriaRole.HEADING, named("Integrations"))).isVisible();
      held.forEach(route -> answer(route, 500, "{}"));
      assertThat(page.getByText("Nightly backup is not saved")).isVisible();
    }

    /// Lets the page's requests come in.
    private boolean settle(List<Route> held) {
      page.evaluate("() => 0");
      return !held.isEmpty();
    }
  }

  @Nested
  class A_key_that_is_refused {

    @Test
    void leads_to_another_one_and_back_to_the_same_place() {
      var check = create("Nightly backup");
      var key = remote.session().path("api_key").asString();
      page.route("**/_local/**", route -> answer(route, 404, "{}"));
      page.clock().install();
      page.navigate(service.url() + "/#/checks/" + check);
      page.getByLabel("API key").fill(key);
      connect();
      assertThat(page.getByRole(AriaRole.HEADING, named("Nightly backup"))).isVisible();

      page.route("**/api/**", route -> answer(route, 401, "{\"error\":\"wrong api key\"}"));
      outlastTrust();
      assertThat(strip()).containsText("The API key was refused.");
      assertThat(page.getByRole(AriaRole.HEADING, named("Nightly backup"))).isVisible();
      button("Enter a key").click();
      assertAccessible("Connect to a project");
      page.getByLabel("API key").fill("00000000000000000000000000000000");
      connect();
      assertThat(page.getByText("does not know this key")).isVisible();

      page.unroute("**/api/**");
      page.getByLabel("API key").fill(key);
      connect();
      assertThat(page.getByRole(AriaRole.HEADING, named("Nightly backup"))).isVisible();
      assertThat(strip()).hasCount(0);
      assertThat(page.url()).endsWith("/#/checks/" + check);
    }

    @Test
    void leads_to_another_one_where_nothing_was_read() {
      page.route("**/_local/**", route -> answer(route, 404, "{}"));
      page.addInitScript("sessionStorage.setItem('rollcall.api-key', 'revoked')");
      page.navigate(service.url() + "/#/checks");
      assertAccessible("Connect to a project");
      assertThat(strip()).containsText("The API key was refused.");
      assertThat(page).hasTitle("(?) Connect · Rollcall");
    }

    @Test
    void is_not_taken_for_wrong_while_the_server_fails() {
      page.route("**/_local/**", route -> answer(route, 404, "{}"));
      page.route(CHECKS, route -> answer(route, 500, "{}"));
      page.navigate(service.url());
      page.getByLabel("API key").fill("some-key");
      connect();
      assertThat(page.getByText("could not be asked: The server failed (status 500).")).isVisible();
    }

    @Test
    void is_asked_for_anew_on_a_desk_that_was_started_anew() {
      create("Nightly backup");
      page.clock().install();
      page.navigate(service.url() + "/#/checks");
      assertThat(page.locator(".checks tbody tr")).hasCount(1);
      var session = (ObjectNode) remote.session();
      var old = session.path("api_key").asString();
      var made = remote.control("POST", "/projects", Map.of("name", "Another"));
      session.put("api_key", made.path("api_key").asString());
      page.route("**/_local/session", route -> answer(route, 200, session.toString()));
      page.route(
          CHECKS,
          route -> {
            if (old.equals(route.request().headers().get("x-api-key"))) {
              answer(route, 401, "{}");
            } else {
              route.resume();
            }
          });
      outlastTrust();
      assertThat(page.getByRole(AriaRole.HEADING, named("Who should answer the roll call?")))
          .isVisible();
    }

    @Test
    void for_one_place_only_is_said_there() {
      create("Nightly backup");
      page.route(
          "**/api/rollcall/v1/channels", route -> answer(route, 401, "{\"error\":\"wrong\"}"));
      page.navigate(service.url() + "/#/integrations");
      assertThat(page.getByText("That did not work")).isVisible();
      assertThat(strip()).hasCount(0);
      assertThat(page).hasTitle("Integrations · Rollcall");
    }
  }

  /// Lets more time pass for the page than it trusts an answer, and than it waits before it asks
  /// again.
  private void outlastTrust() {
    page.clock().fastForward(16_000);
  }

  /// From now on the page's time passes only as it is told to.
  private void pause() {
    page.clock().pauseAt(((Number) page.evaluate("() => Date.now()")).longValue() + 1000);
  }

  private Locator strip() {
    return page.locator(".doubt");
  }

  private void connect() {
    page.getByRole(AriaRole.BUTTON, named("Connect").setExact(true)).click();
  }

  private Locator upCount() {
    return page.locator(".count[data-condition=up] .count-word");
  }

  private static String colourOf(Locator element) {
    return (String) element.evaluate("element => getComputedStyle(element).color");
  }

  private String icon() {
    var href = page.locator("link[rel=icon]").getAttribute("href");
    return URLDecoder.decode(href == null ? "" : href, UTF_8);
  }

  private static void answer(Route route, int status, String body) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(status)
            .setContentType("application/json")
            .setBody(body));
  }

  /// The answer of a project with a thousand checks that are all up.
  private String aThousand() {
    var list = (ObjectNode) remote.api("GET", "/api/v3/checks/", Map.of());
    if (list.path("checks").isEmpty()) {
      remote.ping(create("Nightly backup"));
      list = (ObjectNode) remote.api("GET", "/api/v3/checks/", Map.of());
    }
    var one = (ObjectNode) list.path("checks").path(0);
    var many =
        IntStream.range(0, 1000)
            .mapToObj(n -> one.deepCopy().put("name", "Job " + n).put("uuid", "job-" + n))
            .toList();
    return JSON.writeValueAsString(Map.of("checks", many));
  }

  private String uniqueKeyOf(String name) {
    var session = remote.session();
    var headers = Map.of("X-Api-Key", session.path("api_key_readonly").asString());
    var answer = remote.http().send("GET", "/api/v3/checks/", headers, new byte[0]);
    for (var each : JSON.readTree(answer.text()).path("checks")) {
      if (each.path("name").asString().equals(name)) {
        return each.path("unique_key").asString();
      }
    }
    throw new AssertionError("no such check");
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
