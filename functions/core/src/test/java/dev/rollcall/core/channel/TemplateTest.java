package dev.rollcall.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private final Template template = new Template(Map.of("$A", "aaa"));

  @Test
  void Makes_as_much_as_it_may() {
    assertThat(template.fill("x$A$A", 7)).hasValue("xaaaaaa");
    assertThat(template.fill("$A$Ax", 7)).hasValue("aaaaaax");
  }

  @Test
  void Makes_nothing_where_there_would_be_more() {
    assertThat(template.fill("x$A$A", 6)).isEmpty();
    assertThat(template.fill("$A$Ax", 6)).isEmpty();
    assertThat(template.fill("$A".repeat(1000), 6)).isEmpty();
  }
}
