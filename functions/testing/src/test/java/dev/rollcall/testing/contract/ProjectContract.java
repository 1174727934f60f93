package dev.rollcall.testing.contract;

import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.KeptKey;
import dev.rollcall.testing.TestTables;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What [dev.rollcall.store.ProjectStore] and [dev.rollcall.store.IntegrationStore] promise.
abstract class ProjectContract extends StoreContract {
  private final ProjectId id = new ProjectId(UUID.randomUUID());

  ProjectContract(TestTables tables) {
    super(tables);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  @Nested
  class A_project {
    private final Project project = new Project(id, "Home", key(), key(), 20, 100);

    @Test
    void is_found_by_its_id_and_its_ping_key() {
      assertThat(stores.projects().create(project)).isTrue();
      assertThat(stores.projects().find(id)).hasValue(project);
      assertThat(stores.projects().byPingKey(project.pingKey())).hasValue(id);
    }

    @Test
    void is_not_found_where_there_is_none() {
      assertThat(stores.projects().find(id)).isEmpty();
      assertThat(stores.projects().byPingKey(project.pingKey())).isEmpty();
      assertThat(stores.projects().change(id, before -> before)).isEmpty();
    }

    @Test
    void is_made_once_and_shares_no_key_with_another() {
      stores.projects().create(project);
      assertThat(stores.projects().create(project)).isFalse();
      var other = new Project(new ProjectId(UUID.randomUUID()), "", project.pingKey(), key(), 1, 1);
      assertThat(stores.projects().create(other)).isFalse();
      assertThat(stores.projects().find(other.id())).isEmpty();
      assertThat(stores.projects().byPingKey(project.pingKey())).hasValue(id);
    }

    @Test
    void is_made_with_its_api_keys_or_not_at_all() {
      var secret = "hcw_" + key();
      var keys = Map.of(secret, new ApiKey(id, ApiKey.Access.READ_WRITE, "hcw_1234", NOON));
      assertThat(stores.projects().create(project, keys)).isTrue();
      assertThat(stores.projects().key(secret)).hasValue(keys.get(secret));

      var other = new ProjectId(UUID.randomUUID());
      var fresh = "hcw_" + key();
      var more = Map.of(fresh, new ApiKey(other, ApiKey.Access.READ_WRITE, "hcw_1234", NOON));
      var twin = new Project(other, "", project.pingKey(), key(), 1, 1);
      assertThat(stores.projects().create(twin, more)).isFalse();
      assertThat(stores.projects().key(fresh)).isEmpty();
    }

    @Test
    void has_its_api_keys_and_one_in_the_place_of_others() {
      stores.projects().create(project);
      var first = apiKey(NOON);
      var second = apiKey(NOON.plusSeconds(1));
      var third = apiKey(NOON.plusSeconds(2));
      assertThat(stores.projects().keys(id)).isEmpty();
      assertThat(stores.projects().replace(List.of(), "first" + id, first)).isTrue();
      assertThat(stores.projects().replace(List.of(), "second" + id, second)).isTrue();

      var kept = stores.projects().keys(id);
      assertThat(kept).extracting(KeptKey::createdAt).containsExactly(NOON, NOON.plusSeconds(1));
      assertThat(stores.projects().replace(kept, "third" + id, third)).isTrue();

      assertThat(stores.projects().keys(id))
          .extracting(KeptKey::createdAt)
          .containsExactly(third.createdAt());
      assertThat(stores.projects().key("first" + id)).isEmpty();
      assertThat(stores.projects().key("second" + id)).isEmpty();
      assertThat(stores.projects().key("third" + id)).hasValue(third);
    }

    @Test
    void keeps_its_api_keys_when_one_of_those_to_be_replaced_is_gone() {
      stores.projects().replace(List.of(), "first" + id, apiKey(NOON));
      stores.projects().replace(List.of(), "second" + id, apiKey(NOON.plusSeconds(1)));
      var kept = stores.projects().keys(id);
      stores.projects().forget(kept.getFirst());

      assertThat(stores.projects().replace(kept, "third" + id, apiKey(NOON))).isFalse();

      assertThat(stores.projects().keys(id)).containsExactly(kept.getLast());
      assertThat(stores.projects().key("third" + id)).isEmpty();
    }

    @Test
    void takes_no_api_key_in_the_place_of_one_with_the_same_secret() {
      stores.projects().replace(List.of(), "first" + id, apiKey(NOON));

      assertThat(stores.projects().replace(List.of(), "first" + id, apiKey(NOON.plusSeconds(1))))
          .isFalse();

      assertThat(stores.projects().key("first" + id)).hasValue(apiKey(NOON));
    }

    private ApiKey apiKey(Instant created) {
      return new ApiKey(id, ApiKey.Access.READ_WRITE, "hcw_1234", created);
    }

    @Test
    void is_among_all_projects_with_whatever_else_the_table_holds() {
      var other = new Project(new ProjectId(UUID.randomUUID()), "", key(), key(), 1, 1);
      stores.projects().create(project);
      stores.projects().create(other);
      assertThat(stores.projects().all()).contains(project, other).doesNotHaveDuplicates();
    }

    @Test
    void takes_new_limits_and_a_new_name() {
      stores.projects().create(project);
      var changed = renamed(project, "Work", 5);
      assertThat(stores.projects().change(id, _ -> changed)).hasValue(changed);
      assertThat(stores.projects().find(id)).hasValue(changed);
    }

    @Test
    void may_have_no_name_and_be_given_one() {
      var nameless = renamed(project, "", 20);
      stores.projects().create(nameless);
      assertThat(stores.projects().find(id)).hasValue(nameless);
      assertThat(stores.projects().change(id, before -> renamed(before, "Named", 20)))
          .hasValue(renamed(project, "Named", 20));
    }

    @Test
    void takes_a_change_anew_when_another_came_first() {
      stores.projects().create(project);
      stores
          .projects()
          .change(
              id,
              before -> {
                if (before.name().equals("Home")) {
                  stores.projects().change(id, other -> renamed(other, "First", 1));
                }
                return renamed(before, before.name() + "!", before.checkLimit());
              });
      assertThat(stores.projects().find(id)).hasValue(renamed(project, "First!", 1));
    }

    private static Project renamed(Project before, String name, int limit) {
      return new Project(
          before.id(), name, before.pingKey(), before.badgeKey(), limit, before.pingLogLimit());
    }
  }

  @Nested
  class An_api_key {

    @Test
    void is_found_by_its_secret_which_is_stored_nowhere() {
      var secret = "hcw_" + key();
      var kept = new ApiKey(id, ApiKey.Access.READ_ONLY, secret.substring(0, 8), NOON);
      stores.projects().keep(secret, kept);
      assertThat(stores.projects().key(secret)).hasValue(kept);
      assertThat(state().toString()).doesNotContain(secret).doesNotContain(secret.substring(9));
    }

    @Test
    void is_not_found_by_its_prefix_or_another_secret() {
      var secret = "hcw_" + key();
      stores
          .projects()
          .keep(secret, new ApiKey(id, ApiKey.Access.READ_WRITE, secret.substring(0, 8), NOON));
      assertThat(stores.projects().key(secret.substring(0, 8))).isEmpty();
      assertThat(stores.projects().key(secret + "x")).isEmpty();
    }
  }

  @Nested
  class An_integration {
    private final Integration integration = integration(NOON, Map.of("value", "x"));

    private Integration integration(Instant createdAt, Map<String, Object> settings) {
      return new Integration(
          new ChannelId(UUID.randomUUID()),
          id,
          "webhook",
          "Hook",
          settings,
          false,
          null,
          createdAt);
    }

    @Test
    void keeps_its_settings_as_a_tree_of_json_values_without_nulls() {
      var headers = new HashMap<String, @Nullable String>();
      headers.put("X-Key", "secret");
      headers.put("X-None", null);
      var settings =
          Map.<String, Object>of(
              "url",
              "https://example.com/",
              "up",
              true,
              "retries",
              3,
              "headers",
              headers,
              "codes",
              Arrays.asList("200", "201"),
              "empty",
              "",
              "none",
              List.of());
      var made = integration(NOON, settings);
      stores.integrations().create(made);
      assertThat(stores.integrations().find(made.id()).orElseThrow().settings())
          .isEqualTo(
              Map.of(
                  "url",
                  "https://example.com/",
                  "up",
                  true,
                  "retries",
                  new BigDecimal(3),
                  "headers",
                  Map.of("X-Key", "secret"),
                  "codes",
                  List.of("200", "201"),
                  "empty",
                  "",
                  "none",
                  List.of()));
    }

    @Test
    void is_found_and_listed_oldest_first_until_it_is_deleted() {
      var older = integration(NOON.minusSeconds(1), Map.of());
      stores.integrations().create(integration);
      stores.integrations().create(older);
      assertThat(stores.integrations().list(id)).containsExactly(older, integration);
      assertThat(stores.integrations().findAll(List.of(integration.id(), integration.id())))
          .containsExactly(integration);
      stores.integrations().delete(older.id());
      assertThat(stores.integrations().find(older.id())).isEmpty();
      assertThat(stores.integrations().list(id)).containsExactly(integration);
    }

    @Test
    void remembers_its_last_error_until_all_goes_well_and_stays_disabled() {
      stores.integrations().create(integration);
      stores.integrations().report(integration.id(), "HTTP 500", false);
      assertThat(stores.integrations().find(integration.id()).orElseThrow().lastError())
          .isEqualTo("HTTP 500");
      stores.integrations().report(integration.id(), "HTTP 410", true);
      stores.integrations().report(integration.id(), null, false);
      var found = stores.integrations().find(integration.id()).orElseThrow();
      assertThat(found.lastError()).isNull();
      assertThat(found.disabled()).isTrue();
    }

    @Test
    void is_stored_without_its_secret_while_items_are_written_in_the_first_level() {
      var secret = new SigningSecret("0123456789abcdef0123456789abcdef");
      var made = stores.integrations().create(integration.withSecret(secret));
      assertThat(made).isEqualTo(integration);
      assertThat(stores.integrations().find(integration.id())).hasValue(integration);
    }

    @Test
    void that_is_deleted_is_not_brought_back_by_a_report() {
      stores.integrations().report(integration.id(), "HTTP 410", true);
      stores.integrations().report(integration.id(), null, true);
      assertThat(stores.integrations().find(integration.id())).isEmpty();
    }
  }
}
