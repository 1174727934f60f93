package dev.rollcall.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntegrationTest {

  private static final String SECRET = "https://hooks.example.org/secret";

  @Test
  void does_not_show_its_settings() {
    assertThat(integration(Map.of("url", SECRET)))
        .hasToString("Integration[webhook 00000000-0000-0000-0000-000000000001]");
  }

  @Test
  void keeps_its_own_copy_of_its_settings() {
    var settings = new HashMap<String, Object>(Map.of("url", SECRET));
    var integration = integration(settings);

    settings.clear();

    assertThat(integration.settings()).containsExactly(Map.entry("url", SECRET));
  }

  @Test
  void does_not_show_its_secret() {
    var digits = "0123456789abcdef0123456789abcdef";
    assertThat(integration(Map.of()).withSecret(new SigningSecret(digits)).toString())
        .isEqualTo(integration(Map.of()).toString());
  }

  @Test
  void is_the_same_but_for_another_secret() {
    var plain = integration(Map.of("url", SECRET));
    var secret = new SigningSecret("0123456789abcdef0123456789abcdef");

    assertThat(plain.secret()).isNull();
    assertThat(plain.withSecret(secret).secret()).isEqualTo(secret);
    assertThat(plain.withSecret(secret).withSecret(null)).isEqualTo(plain);
  }

  @Test
  void is_in_trouble_when_its_last_delivery_failed_or_was_slow() {
    assertThat(after(null, false).isInTrouble()).isFalse();
    assertThat(after("answered 500", false).isInTrouble()).isTrue();
    assertThat(after(null, true).isInTrouble()).isTrue();
  }

  private static Integration after(@Nullable String lastError, boolean slow) {
    return new Integration(
        new ChannelId(new UUID(0, 1)),
        new ProjectId(new UUID(0, 2)),
        "webhook",
        "",
        Map.of(),
        null,
        false,
        lastError,
        slow,
        Instant.EPOCH);
  }

  private static Integration integration(Map<String, Object> settings) {
    return new Integration(
        new ChannelId(new UUID(0, 1)),
        new ProjectId(new UUID(0, 2)),
        "webhook",
        "Team",
        settings,
        false,
        null,
        Instant.EPOCH);
  }
}
