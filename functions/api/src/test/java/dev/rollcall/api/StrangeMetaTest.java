package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.migrate.engine.Backups;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.migrate.engine.Timing;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.conformance.Service;
import dev.rollcall.testing.fuzz.Strange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the data says of itself was written by a release that is newer than any here, or is
/// damaged.
class StrangeMetaTest {
  private static final String SCHEMA = "/api/rollcall/v1/schema";
  private static final String CHECKS = "/api/v3/checks/";
  private static final int VARIANTS = Integer.getInteger("variants", 150);
  private static final JsonMapper JSON = new JsonMapper();

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  StrangeMetaTest() {
    var migrator =
        api.migrator(
            Release.THIS,
            Documents.ofThisBuild().migrations(),
            new Setup(
                "somebody",
                Policy.USUAL,
                Timing.ALONE,
                Watch.by(api.clock()),
                Source.secure(),
                Backups.NONE));
    var level = Release.THIS.level();
    assertThat(migrator.settle(level, "somebody", api.now().plusSeconds(60)))
        .isInstanceOf(Progress.Done.class);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void is_answered_with_a_remedy_at_worst_and_shown_as_far_as_it_is_understood() {
    var seed = Long.getLong("seed", System.nanoTime());
    var meta = items().stream().filter(item -> Items.value(item, "pk").s().equals("META")).toList();
    var variants = new ArrayList<Strange>();
    meta.forEach(item -> variants.addAll(Strange.variantsOf(item)));
    Collections.shuffle(variants, new Random(seed));

    for (var strange : variants.subList(0, Math.min(VARIANTS, variants.size()))) {
      var what = "-Dseed=" + seed + " " + strange.what();
      meta.forEach(this::put);
      put(strange.item());
      later();
      var before = items();

      var list = call("GET", CHECKS, keys.readWrite());
      assertThat(list.status()).as(what).isIn(200, 503);
      if (list.status() == 503) {
        assertThat(tree(list).path("remedy").asString()).as(what).contains("Deploy");
      }
      for (var key : List.of(keys.readWrite(), keys.readOnly())) {
        assertThat(call("GET", SCHEMA, key).status()).as(what).isEqualTo(200);
      }
      assertThat(call("POST", CHECKS + "x", keys.readWrite()).status())
          .as(what)
          .isIn(400, 404, 409, 503);
      assertThat(items()).as(what).containsExactlyInAnyOrderElementsOf(before);
    }
  }

  @Test
  void is_shown_with_what_is_not_understood_of_it() {
    edit("SCHEMA", "minReader", AttributeValue.fromS("two"));
    edit("MIG#0001", "state", AttributeValue.fromS("archived"));
    api.data().served(new Release("0.9.0", 9, 1));
    later();

    var refusal = call("GET", CHECKS, keys.readWrite());
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(tree(refusal).path("data_level").asInt()).isEqualTo(Release.THIS.level());
    assertThat(tree(refusal).path("remedy").asString())
        .contains("`minReader` is no number", "Deploy release 0.9.0.");
    var shown = tree(call("GET", SCHEMA, ""));
    assertThat(shown.path("release").path("fit").asString()).isEqualTo("unreadable");
    assertThat(shown.path("level").asInt()).isEqualTo(Release.THIS.level());
    assertThat(shown.path("min_reader").isNull()).isTrue();
    assertThat(shown.path("history").path(0).path("state").asString()).isEqualTo("unknown");
    assertThat(shown.path("unclear").path(0).asString())
        .isEqualTo("SCHEMA: `minReader` is no number");
    assertThat(shown.path("unclear").path(1).asString())
        .startsWith("MIG#0001: `state` is `archived`");
  }

  @Test
  void is_served_where_its_bounds_are_understood() {
    edit("SCHEMA", "metaFormat", AttributeValue.fromN("2"));
    edit("SCHEMA", "phase", AttributeValue.fromS("folding"));
    later();

    assertThat(call("GET", CHECKS, keys.readWrite()).status()).isEqualTo(200);
    assertThat(tree(call("GET", SCHEMA, keys.readWrite())).path("unclear")).hasSize(2);
  }

  private void edit(String sk, String attribute, AttributeValue value) {
    api.tables()
        .client()
        .updateItem(update ->
            update
                .tableName(api.tables().tables().state())
                .key(Map.of("pk", AttributeValue.fromS("META"), "sk", AttributeValue.fromS(sk)))
                .updateExpression("SET #attribute = :value")
                .expressionAttributeNames(Map.of("#attribute", attribute))
                .expressionAttributeValues(Map.of(":value", value)));
  }

  private void put(Map<String, AttributeValue> item) {
    api.tables().client().putItem(put -> put.tableName(api.tables().tables().state()).item(item));
  }

  private List<Map<String, AttributeValue>> items() {
    return Items.in(api.tables().client(), api.tables().tables().state());
  }

  private void later() {
    api.advance(SchemaView.TTL.toSeconds());
  }

  private HttpResponse call(String method, String path, String key) {
    return api.call(method, path, key, method.equals("POST") ? "{\"name\": \"x\"}" : "");
  }

  private static JsonNode tree(HttpResponse answer) {
    return JSON.readTree(answer.body().text());
  }
}
