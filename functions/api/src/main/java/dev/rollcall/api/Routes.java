package dev.rollcall.api;

import static dev.rollcall.api.Endpoint.apart;
import static dev.rollcall.api.Endpoint.asking;
import static dev.rollcall.api.Endpoint.open;
import static dev.rollcall.api.Endpoint.reading;
import static dev.rollcall.api.Endpoint.telling;
import static dev.rollcall.api.Endpoint.writing;

import dev.rollcall.core.project.Site;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that the API answers: the table of its contents.
final class Routes {
  private static final String API = "/api/v{version}";
  private static final String OWN = "/api/rollcall/v1";

  private final List<Route> routes;

  /// @param mailDomain where pings by mail are sent to; null where none are taken
  Routes(
      Stores stores,
      Site site,
      @Nullable String mailDomain,
      Hints hints,
      SqsQueue deliveries,
      Secrets secrets,
      @Nullable String metricsKey,
      Keyring keyring,
      DataVersion data) {
    var own = new OwnChecks(stores);
    var documents = new Documents(site, null);
    var checks = new Checks(stores, CheckFields.COMPATIBLE, documents, hints);
    var rollcallChecks =
        new Checks(stores, CheckFields.OWN, new Documents(site, mailDomain), hints);
    var lifecycle = new Lifecycle(stores, documents, hints);
    var pings = new Pings(stores, site);
    var flips = new Flips(stores);
    var events = new Events(stores, pings, flips);
    var channels = new ChannelList(stores);
    var setup = new ChannelSetup(stores, deliveries, secrets);
    var badges = new Badges(stores, site);
    var service = new Service(stores, metricsKey, keyring);
    var prometheus = new Prometheus(stores, keyring);
    routes =
        List.of(
            Route.shared(
                API + "/checks/",
                Map.of("GET", reading(checks::list), "POST", writing(checks::create))),
            Route.shared(
                API + "/checks/{check}",
                Map.of(
                    "GET", reading(own.byId(checks::show)),
                    "POST", writing(own.byId(checks::update)),
                    "DELETE", writing(own.byId(lifecycle::delete)))),
            Route.shared(
                API + "/checks/{unique}", Map.of("GET", reading(own.byUniqueKey(checks::show)))),
            Route.shared(
                API + "/checks/{check}/pause", Map.of("POST", writing(own.byId(lifecycle::pause)))),
            Route.shared(
                API + "/checks/{check}/resume",
                Map.of("POST", writing(own.byId(lifecycle::resume)))),
            Route.shared(
                API + "/checks/{check}/pings/", Map.of("GET", writing(own.byId(pings::list)))),
            Route.shared(
                API + "/checks/{check}/pings/{number}/body",
                Map.of("GET", writing(own.byId(pings::body)))),
            Route.shared(
                API + "/checks/{check}/flips/", Map.of("GET", reading(own.byId(flips::list)))),
            Route.shared(
                API + "/checks/{unique}/flips/",
                Map.of("GET", reading(own.byUniqueKey(flips::list)))),
            Route.shared(API + "/channels/", Map.of("GET", writing(channels::list))),
            Route.shared(API + "/badges/", Map.of("GET", reading(badges::list))),
            Route.open("/b/{states}/{check}.{format}", badges::ofCheck),
            Route.open("/badge/{badge}/{signature}.{format}", badges::ofProject),
            Route.open("/badge/{badge}/{signature}/{tag}.{format}", badges::ofTag),
            Route.page(API + "/status/", apart(service::status)),
            Route.page(API + "/metrics/", open(service::metrics)),
            Route.callback(
                API + "/notifications/{notification}/status",
                Map.of("POST", apart(service::notification))),
            Route.anyhow(API + "/bounces/", apart(service::bounce)),
            Route.page("/projects/{project}/metrics/", open(prometheus::byHeader)),
            Route.page("/projects/{project}/metrics/{key}", open(prometheus::byPath)),
            Route.page("/projects/{project}/checks/metrics/{key}", open(prometheus::byPath)),
            Route.page(OWN + "/metrics", open(prometheus::own)),
            Route.shared(
                OWN + "/checks/{check}",
                Map.of(
                    "GET", reading(own.byId(rollcallChecks::show)),
                    "POST", writing(own.byId(rollcallChecks::update)))),
            Route.shared(
                OWN + "/checks/{unique}",
                Map.of("GET", reading(own.byUniqueKey(rollcallChecks::show)))),
            Route.shared(
                OWN + "/checks/{check}/events", Map.of("GET", writing(own.byId(events::list)))),
            Route.shared(
                OWN + "/checks/{check}/pings/{number}/text",
                Map.of("GET", writing(own.byId(pings::text)))),
            Route.shared(
                OWN + "/channels",
                Map.of("GET", writing(setup::list), "POST", writing(setup::create))),
            Route.shared(OWN + "/channels/kinds", Map.of("GET", writing(setup::kinds))),
            Route.shared(
                OWN + "/channels/{channel}", Map.of("DELETE", writing(setup.own(setup::delete)))),
            Route.shared(
                OWN + "/channels/{channel}/test", Map.of("POST", writing(setup.own(setup::test)))),
            Route.shared(OWN + "/schema", Map.of("GET", telling(data::show))),
            Route.shared(OWN + "/schedules/preview", Map.of("POST", asking(SchedulePreview::show))),
            Route.shared("/api/openapi.json", Map.of("GET", apart(OpenApi::show))));
  }

  List<Route> all() {
    return routes;
  }

  /// A route with the variable parts of the path that led to it.
  record Match(Route route, Map<String, String> path) {}

  /// The route of a path.
  ///
  /// @param path decoded
  Optional<Match> find(String path) {
    return routes.stream()
        .flatMap(route ->
            route.path().match(path).map(variables -> new Match(route, variables)).stream())
        .findFirst();
  }
}
