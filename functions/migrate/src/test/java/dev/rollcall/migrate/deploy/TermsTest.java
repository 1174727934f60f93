package dev.rollcall.migrate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.migrate.engine.Policy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
  private static final Map<String, String> GIVEN =
      Map.of("Phase", "settle", "Target", "7", "Release", "1.4.0");

  @Test
  void are_what_the_template_gives() throws Terms.Malformed {
    var properties = new HashMap<>(GIVEN);
    properties.put("OnOlderRelease", "tolerate");
    properties.put("AllowLossyRollback", "0007");
    properties.put("FinaliseThrough", "0005");

    assertThat(Terms.of(properties))
        .isEqualTo(
            new Terms(
                Terms.Phase.SETTLE,
                7,
                "1.4.0",
                new Policy(Policy.OnOlderRelease.TOLERATE, Set.of("0007")),
                Optional.of("0005")));
  }

  @Test
  void allow_no_loss_and_keep_the_way_back_unless_told_otherwise() throws Terms.Malformed {
    var terms = Terms.of(GIVEN);

    assertThat(terms.policy()).isEqualTo(Policy.USUAL);
    assertThat(terms.finalise()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Phase, both",
    "Phase, EXPAND",
    "Target, 0",
    "Target, 07",
    "Target, 100000",
    "OnOlderRelease, never",
    "AllowLossyRollback, 7",
    "AllowLossyRollback, all",
    "FinaliseThrough, 0005-signing-secrets"
  })
  void that_cannot_be_understood_name_the_property_and_what_it_must_be(
      String property, String value) {
    var properties = new HashMap<>(GIVEN);
    properties.put(property, value);

    assertThatThrownBy(() -> Terms.of(properties))
        .isInstanceOf(Terms.Malformed.class)
        .hasMessageContaining("The property " + property + " of a Custom::Schema must be ")
        .hasMessageNotContaining(value + " ");
  }
}
