package dev.rollcall.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.ping.PingUrl.Report;
import dev.rollcall.ping.PingUrl.Target;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.openapi.Description.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/// What the description of the API says of pings.
class OpenApiTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)}");

  /// The operations that the function has; the others are the API's.
  private static final List<Operation> OPERATIONS =
      PingWorld.DESCRIPTION.operations().stream()
          .filter(operation -> operation.path().startsWith("/ping/"))
          .toList();

  /// Ways to ping, with the status that each shows: what does not document it is left alone. Others
  /// are added here.
  private static final List<Map.Entry<String, BiConsumer<PingWorld, Operation>>> WAYS =
      List.of(
          Map.entry("200", OpenApiTest::as_documented),
          Map.entry("201", OpenApiTest::to_a_check_that_it_makes),
          Map.entry("400", OpenApiTest::wrongly),
          Map.entry("404", OpenApiTest::to_nobody),
          Map.entry("409", OpenApiTest::to_one_of_several),
          Map.entry("503", OpenApiTest::while_nothing_answers));

  @Test
  void shows_all_that_is_documented_and_nothing_else() {
    try (var world = new PingWorld()) {
      for (var operation : OPERATIONS) {
        WAYS.stream()
            .filter(way -> operation.node().path("responses").has(way.getKey()))
            .forEach(way -> way.getValue().accept(world, operation));
      }
      assertThat(world.witness.unseen(OPERATIONS)).isEmpty();
    }
  }

  @Test
  void has_every_form_of_a_ping_url() {
    var documented = new TreeSet<String>();
    for (var operation : OPERATIONS) {
      for (var variables : List.of(byId(UUID.randomUUID().toString()), byName("nightly-backup"))) {
        documented.add(form(PingUrl.parse(path(operation, variables)).orElseThrow()));
      }
    }
    var there = new TreeSet<String>();
    for (var target : Target.class.getPermittedSubclasses()) {
      for (var report : Report.class.getPermittedSubclasses()) {
        there.add(target.getSimpleName() + " " + report.getSimpleName());
      }
    }
    assertThat(documented).isEqualTo(there);
  }

  @Test
  void has_nothing_that_is_no_ping_url() {
    assertThat(OPERATIONS)
        .allSatisfy(operation ->
            assertThat(PingUrl.parse(path(operation, byId(UUID.randomUUID().toString()))))
                .isPresent());
  }

  @Test
  void takes_every_method_alike() {
    try (var world = new PingWorld()) {
      var check = world.newCheck();
      Stream.of("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
          .forEach(method ->
              assertThat(world.ping(HttpEvent.get("/ping/" + check).by(method)).status())
                  .isEqualTo(200));
    }
  }

  private static void as_documented(PingWorld world, Operation operation) {
    var id = world.newCheck().toString();
    world.project.check(
        "job-" + id, PingWorld.HOUR, PingWorld.TEN_MINUTES, Rules.NONE, Keywords.NONE);
    for (var variables : List.of(byId(id), byName("job-" + id))) {
      var path = path(operation, variables);
      world.ping(request(operation, path, "rid=" + UUID.randomUUID()));
    }
  }

  private static void to_a_check_that_it_makes(PingWorld world, Operation operation) {
    var path = path(operation, byName("new-" + UUID.randomUUID()));
    world.ping(request(operation, path, "create=1"));
  }

  private static void wrongly(PingWorld world, Operation operation) {
    var id = world.newCheck().toString();
    var slug = "wrong-" + id;
    world.project.check(slug, PingWorld.HOUR, PingWorld.TEN_MINUTES, Rules.NONE, Keywords.NONE);
    world.ping(request(operation, path(operation, byId(id)), "rid=7"));
    world.ping(request(operation, path(operation, byName(slug)), "rid=7"));
    world.ping(request(operation, path(operation, byName("CAPITALS")), ""));
  }

  private static void to_nobody(PingWorld world, Operation operation) {
    world.ping(request(operation, path(operation, byId(UUID.randomUUID().toString())), ""));
    world.ping(request(operation, path(operation, byName("nobody")), ""));
  }

  private static void to_one_of_several(PingWorld world, Operation operation) {
    var slug = "twice-" + UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      world.project.check(slug, PingWorld.HOUR, PingWorld.TEN_MINUTES, Rules.NONE, Keywords.NONE);
    }
    world.ping(request(operation, path(operation, byName(slug)), ""));
  }

  private static void while_nothing_answers(PingWorld world, Operation operation) {
    world.badDay.tablesFail(() -> SdkClientException.create("nobody is there"));
    world.queues.breakDown();
    try {
      world.ping(request(operation, path(operation, byId(UUID.randomUUID().toString())), ""));
    } finally {
      world.queues.repair();
      world.badDay.ends();
    }
  }

  private static HttpEvent request(Operation operation, String path, String query) {
    var sent = operation.method().equals("POST") ? "512 files copied" : "";
    return HttpEvent.post(path, sent.getBytes(StandardCharsets.UTF_8))
        .by(operation.method())
        .asking(query);
  }

  private static Map<String, String> byId(String id) {
    return Map.of(
        "check",
        id,
        "key",
        id,
        "name",
        "1",
        "pingKey",
        SampleProject.PING_KEY,
        "slug",
        "nobody",
        "exitStatus",
        "1");
  }

  private static Map<String, String> byName(String slug) {
    return Map.of(
        "check",
        UUID.randomUUID().toString(),
        "key",
        SampleProject.PING_KEY,
        "name",
        slug,
        "pingKey",
        SampleProject.PING_KEY,
        "slug",
        slug,
        "exitStatus",
        "1");
  }

  private static String path(Operation operation, Map<String, String> variables) {
    return VARIABLE
        .matcher(operation.path())
        .replaceAll(name -> variables.getOrDefault(name.group(1), "unknown"));
  }

  private static String form(PingUrl url) {
    return url.target().getClass().getSimpleName() + " " + url.report().getClass().getSimpleName();
  }
}
