package dev.rollcall.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckIdTest {
  @Test
  void reads_as_its_uuid() {
    assertThat(new CheckId(new UUID(0, 1))).hasToString("00000000-0000-0000-0000-000000000001");
  }
}
