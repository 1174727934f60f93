package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.CheckBuilder;
import dev.rollcall.testing.conformance.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ManyChecksTest {
  private static final int CHECKS = 1000;
  private static final int MOST_CALLS = 24;

  private static final ApiUnderTest api = new ApiUnderTest();
  private static final Service.Keys keys = api.project();

  @BeforeAll
  static void make() {
    var project = new ProjectId(UUID.fromString(keys.id()));
    for (int number = 0; number < CHECKS; number++) {
      CheckBuilder.aCheck()
          .in(project)
          .called("Nightly backup of database %04d".formatted(number))
          .tags("prod db")
          .storedIn(api.stores().catalog());
    }
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v3/checks/", "/api/v3/badges/"})
  void are_listed_by_few_calls(String path) {
    api.tables().meter().reset();

    var answer = get(path, "x-api-key", keys.readOnly(), "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(api.tables().meter().usage().calls()).isLessThanOrEqualTo(MOST_CALLS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/projects/00000000-0000-4000-8000-000000000000/metrics/",
        "/api/rollcall/v1/metrics"
      })
  void are_scraped_by_few_calls(String path) {
    api.tables().meter().reset();

    var answer = get(path, "authorization", "Bearer " + keys.readOnly(), "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(api.tables().meter().usage().calls()).isLessThanOrEqualTo(MOST_CALLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "deflate,gzip"})
  void are_sent_compressed_to_who_understands_that(String accepted) throws IOException {
    var plain = get("/api/v3/checks/", "x-api-key", keys.readOnly(), "");

    var answer = get("/api/v3/checks/", "x-api-key", keys.readOnly(), accepted);

    assertThat(answer.headers())
        .containsEntry("content-encoding", "gzip")
        .containsEntry("vary", "accept-encoding");
    assertThat(answer.body().size()).isLessThan(plain.body().size() / 8);
    assertThat(unzipped(answer)).isEqualTo(plain.body().text());
    assertThat(new JsonMapper().readTree(unzipped(answer)).path("checks").size()).isEqualTo(CHECKS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "*;q=0"})
  void are_sent_as_they_are_to_who_does_not(String accepted) {
    var answer = get("/api/v3/checks/", "x-api-key", keys.readOnly(), accepted);

    assertThat(answer.headers())
        .doesNotContainKey("content-encoding")
        .containsEntry("vary", "accept-encoding");
  }

  @Test
  void have_short_answers_that_nobody_compresses() {
    assertThat(get("/api/v3/status/", "x-api-key", "", "gzip").headers())
        .doesNotContainKeys("content-encoding", "vary");
  }

  private static HttpResponse get(String path, String header, String value, String accepted) {
    var answer =
        api.send(
            new Service.Request(
                "GET", path, Map.of(header, value, "Accept-Encoding", accepted), Body.EMPTY));
    return new HttpResponse(answer.status(), answer.headers(), answer.body());
  }

  private static String unzipped(HttpResponse answer) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body().bytes()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
