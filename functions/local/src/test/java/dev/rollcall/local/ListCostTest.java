package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an open dashboard costs, by what DynamoDB Local reports: `deploy/cost.py` reckons with it.
class ListCostTest {

  @ParameterizedTest
  @CsvSource({"20, 42.5", "100, 204.5"})
  void A_list_reads_two_items_a_check_and_the_index(int checks, double units) {
    try (var service = Service.start(new Options(0, null, false))) {
      var remote = Remote.at(service.url());
      var project = remote.session().path("project").path("uuid").asString();
      remote.control("PATCH", "/projects/" + project, Map.of("check_limit", checks));
      for (int number = 0; number < checks; number++) {
        remote.api("POST", "/api/v3/checks/", Map.of("name", "Nightly backup " + number));
      }
      var before = readUnits(remote);

      remote.api("GET", "/api/v3/checks/", Map.of());

      assertThat(readUnits(remote) - before).isEqualTo(units);
    }
  }

  @Test
  void A_list_writes_nothing() {
    try (var service = Service.start(new Options(0, null, false))) {
      var remote = Remote.at(service.url());
      remote.api("POST", "/api/v3/checks/", Map.of("name", "Nightly backup"));
      var before = remote.control("GET", "/cost", Map.of()).path("api").path("write_units");

      remote.api("GET", "/api/v3/checks/", Map.of());

      assertThat(remote.control("GET", "/cost", Map.of()).path("api").path("write_units"))
          .isEqualTo(before);
    }
  }

  private static double readUnits(Remote remote) {
    return remote.control("GET", "/cost", Map.of()).path("api").path("read_units").asDouble();
  }
}
