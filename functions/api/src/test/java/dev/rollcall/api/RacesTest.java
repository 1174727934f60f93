package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.conformance.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RacesTest {
  private static final String CHECKS = "/api/v3/checks/";
  private static final String UPSERT = "{\"name\": \"Backup\", \"unique\": [\"name\"]}";

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class Upserts_of_the_same_check {

    @Test
    void make_one_check_between_them() throws Exception {
      var statuses = together(8, () -> upsert(UPSERT)).stream().map(HttpResponse::status).toList();

      assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
      assertThat(checks()).hasSize(1);
    }

    @Test
    void make_it_again_when_it_has_been_deleted() {
      upsert(UPSERT);
      api.call("DELETE", CHECKS + checks().getFirst(), keys.readWrite(), "");

      assertThat(upsert(UPSERT).status()).isEqualTo(201);
      assertThat(checks()).hasSize(1);
    }

    @Test
    void make_another_when_it_has_been_renamed() {
      upsert(UPSERT);
      api.call("POST", CHECKS + checks().getFirst(), keys.readWrite(), "{\"name\": \"Old\"}");

      assertThat(upsert(UPSERT).status()).isEqualTo(201);
      assertThat(checks()).hasSize(2);
    }

    @Test
    void are_told_each_time_that_the_project_is_full() {
      upsert("{\"name\": \"Other\"}");
      api.limit(keys.id(), Map.of("check_limit", 1));

      assertThat(upsert(UPSERT).status()).isEqualTo(403);
      assertThat(upsert(UPSERT).status()).isEqualTo(403);
    }
  }

  @Nested
  class Upserts_that_find_the_same_check_by_different_fields {
    private static final List<String> UNIQUE =
        List.of("[\"name\"]", "[\"tags\"]", "[\"name\", \"tags\"]", "[\"slug\", \"timeout\"]");

    @Test
    void make_one_check_between_them() throws Exception {
      for (int round = 0; round < 5; round++) {
        var name = "m" + round;
        var statuses =
            together(
                    20,
                    index ->
                        upsert(
                            """
                            {"name": "%1$s", "slug": "s%1$s", "tags": "t%1$s", "timeout": 600, "unique": %2$s}
                            """
                                .formatted(name, UNIQUE.get(index % UNIQUE.size()))))
                .stream()
                .map(HttpResponse::status)
                .toList();

        assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(checks()).hasSize(round + 1);
      }
    }

    @Test
    void make_each_its_own_when_they_mean_different_ones() throws Exception {
      var statuses =
          together(
                  20,
                  index -> upsert("{\"name\": \"n%d\", \"unique\": [\"name\"]}".formatted(index)))
              .stream()
              .map(HttpResponse::status)
              .toList();

      assertThat(statuses).containsOnly(201);
      assertThat(checks()).hasSize(20);
    }
  }

  @Nested
  class A_full_project {
    @Test
    void takes_no_more_from_twenty_that_come_at_once() throws Exception {
      api.limit(keys.id(), Map.of("check_limit", 5));
      var statuses =
          together(20, index -> upsert("{\"name\": \"n" + index + "\"}")).stream()
              .map(HttpResponse::status)
              .toList();

      assertThat(statuses).containsOnly(201, 403);
      assertThat(statuses.stream().filter(status -> status == 201)).hasSize(5);
      assertThat(checks()).hasSize(5);
    }
  }

  @Nested
  class A_check_that_is_deleted_while_somebody_works_on_it {

    @Test
    void is_gone_for_all_of_them() throws Exception {
      upsert("{\"name\": \"Backup\"}");
      var check = CHECKS + checks().getFirst();

      var statuses =
          together(
                  6,
                  index ->
                      switch (index % 3) {
                        case 0 -> api.call("DELETE", check, keys.readWrite(), "");
                        case 1 -> api.call("POST", check, keys.readWrite(), "{\"name\": \"Dump\"}");
                        default -> api.call("POST", check + "/pause", keys.readWrite(), "");
                      })
              .stream()
              .map(HttpResponse::status)
              .toList();

      assertThat(statuses).contains(200).containsOnly(200, 404);
      assertThat(api.call("GET", check, keys.readWrite(), "").status()).isEqualTo(404);
      assertThat(checks()).isEmpty();
    }
  }

  private interface Numbered {
    HttpResponse call(int index);
  }

  private HttpResponse upsert(String body) {
    return api.call("POST", CHECKS, keys.readWrite(), body);
  }

  private List<CheckId> checks() {
    return api.stores().catalog().list(new ProjectId(UUID.fromString(keys.id()))).stream()
        .map(record -> record.item().check().id())
        .toList();
  }

  private static List<HttpResponse> together(int count, Callable<HttpResponse> call)
      throws Exception {
    var start = new CyclicBarrier(count);
    try (var threads = Executors.newFixedThreadPool(count)) {
      var calls =
          IntStream.range(0, count)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    start.await();
                    return call.call();
                  }))
              .toList();
      return results(calls);
    }
  }

  private static List<HttpResponse> together(int count, Numbered call) throws Exception {
    var index = new AtomicInteger();
    return together(count, () -> call.call(index.getAndIncrement()));
  }

  private static List<HttpResponse> results(List<Future<HttpResponse>> calls) throws Exception {
    var results = new ArrayList<HttpResponse>();
    for (var call : calls) {
      results.add(call.get());
    }
    return results;
  }
}
