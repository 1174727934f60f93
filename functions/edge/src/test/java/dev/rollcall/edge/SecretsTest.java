package dev.rollcall.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.SigningSecret;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void Are_drawn_from_the_source_that_is_given() {
    var bytes = new byte[SigningSecret.BYTES];
    new Random(7).nextBytes(bytes);

    assertThat(new Secrets(new Random(7)).signing()).isEqualTo(SigningSecret.of(bytes));
  }

  @Test
  void Are_never_the_same_twice() {
    var secrets = Secrets.secure();

    assertThat(secrets.signing()).isNotEqualTo(secrets.signing());
    assertThat(Secrets.secure().signing()).isNotEqualTo(secrets.signing());
  }
}
