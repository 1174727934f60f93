package dev.rollcall.core.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SigningSecretTest {
  private static final String DIGITS = "000102030405060708090a0b0c0d0eff";

  @Test
  void is_sixteen_random_bytes_as_digits() {
    var random = new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, -1};
    assertThat(SigningSecret.of(random)).isEqualTo(new SigningSecret(DIGITS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningSecret.of(new byte[15]))
        .withMessage("a secret is drawn as 16 bytes");
  }

  @Test
  void signs_with_its_digits() {
    assertThat(new SigningSecret(DIGITS).key()).isEqualTo(DIGITS.getBytes(US_ASCII));
  }

  @Test
  void is_shown_as_receivers_take_it() {
    assertThat(new SigningSecret("0123456789abcdef0123456789abcdef").text())
        .isEqualTo("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  }

  @Test
  void does_not_show_itself_by_accident() {
    assertThat(new SigningSecret(DIGITS)).hasToString("SigningSecret[]");
  }

  @Test
  void is_not_empty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SigningSecret(""))
        .withMessage("an empty secret signs nothing");
  }
}
