package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.openapi.Description.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The description of the API against its routes: what is there, and the keys that it asks for.
class DescribedRoutesTest {
  private static final List<Operation> OPERATIONS = ApiUnderTest.OPERATIONS;

  @Nested
  class The_document {
    @Test
    void has_every_route_and_no_other() {
      try (var api = new ApiUnderTest()) {
        var routes = new TreeSet<String>();
        for (var route : api.api().routes().all()) {
          endpoints(route)
              .keySet()
              .forEach(method -> routes.add(method + " " + shape(route.path().template())));
        }
        assertThat(OPERATIONS)
            .extracting(operation -> operation.method() + " " + shape(operation.path()))
            .containsExactlyInAnyOrderElementsOf(routes);
      }
    }

    @Test
    void says_for_each_path_what_becomes_of_other_methods() {
      try (var api = new ApiUnderTest()) {
        for (var route : api.api().routes().all()) {
          var rule =
              switch (route) {
                case Route.Shared(var path, _) ->
                    path.template().startsWith("/api/rollcall/") ? "shared" : "compatible";
                case Route.Page _ -> "page";
                case Route.Public _ -> "badge";
                case Route.Callback _ -> "callback";
                case Route.Anyhow _ -> "anyhow";
              };
          assertThat(ApiUnderTest.DESCRIPTION.root().path("paths").properties())
              .filteredOn(path -> shape(path.getKey()).equals(shape(route.path().template())))
              .extracting(path -> path.getValue().path("x-other-methods").asString(""))
              .containsExactly(rule);
        }
      }
    }

    @Test
    void asks_for_the_keys_that_the_routes_ask_for() {
      var needs = new TreeMap<String, String>();
      try (var api = new ApiUnderTest()) {
        for (var route : api.api().routes().all()) {
          if (route instanceof Route.Shared(var path, var endpoints)) {
            endpoints.forEach((method, endpoint) ->
                needs.merge(
                    method + " " + shape(path.template()),
                    switch (endpoint.need()) {
                      case NOTHING -> "[]";
                      case READ -> "[{\"ReadWriteKey\":[]},{\"ReadOnlyKey\":[]}]";
                      case READ_WHERE_READABLE -> "[{\"ReadWriteKey\":[]},{\"ReadOnlyKey\":[]},{}]";
                      case WRITE -> "[{\"ReadWriteKey\":[]}]";
                    },
                    (one, other) -> one.equals(other) ? one : "different"));
          }
        }
      }
      assertThat(OPERATIONS)
          .filteredOn(operation -> needs.containsKey(name(operation)))
          .allSatisfy(operation ->
              assertThat(operation.node().path("security"))
                  .hasToString(needs.get(name(operation))));
    }

    @Test
    void says_where_it_depends_on_the_data_and_where_it_changes_it() {
      try (var api = new ApiUnderTest()) {
        for (var route : api.api().routes().all()) {
          endpoints(route)
              .forEach((method, endpoint) ->
                  assertThat(OPERATIONS)
                      .filteredOn(operation ->
                          name(operation).equals(method + " " + shape(route.path().template())))
                      .singleElement()
                      .satisfies(operation -> {
                        var responses = operation.node().path("responses");
                        var asksTheTables =
                            endpoint.usesTables()
                                || endpoint.need() == Endpoint.Need.READ_WHERE_READABLE;
                        assertThat(responses.has("503")).isEqualTo(asksTheTables);
                        assertThat(responses.has("409")).isEqualTo(endpoint.changes(method));
                      }));
        }
      }
    }

    @Test
    void says_wherever_a_key_is_shown_that_wrong_ones_are_limited() {
      assertThat(OPERATIONS)
          .allSatisfy(operation ->
              assertThat(operation.node().path("responses").has("429"))
                  .as(operation.toString())
                  .isEqualTo(
                      !operation.node().path("security").isEmpty()
                          || operation.path().endsWith("/{key}")));
    }

    @Test
    void says_where_a_slash_may_be_forgotten() {
      assertThat(OPERATIONS)
          .allSatisfy(operation ->
              assertThat(operation.node().path("responses").has("301"))
                  .as(operation.toString())
                  .isEqualTo(operation.path().endsWith("/")));
    }
  }

  private static Map<String, Endpoint> endpoints(Route route) {
    return switch (route) {
      case Route.Shared(_, var endpoints) -> endpoints;
      case Route.Callback(_, var endpoints) -> endpoints;
      case Route.Anyhow(_, var endpoint) -> Map.of("GET", endpoint, "POST", endpoint);
      case Route.Page(_, var endpoint) -> Map.of("GET", endpoint);
      case Route.Public(_, var handler) -> Map.of("GET", Endpoint.open(handler));
    };
  }

  private static String name(Operation operation) {
    return operation.method() + " " + shape(operation.path());
  }

  /// A path whose variables have no names: OpenAPI has one path for an id and for a unique key.
  private static String shape(String template) {
    return template.replaceAll("\\{[A-Za-z]+}", "{}");
  }
}
