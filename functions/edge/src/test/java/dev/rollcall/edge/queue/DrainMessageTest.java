package dev.rollcall.edge.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainMessageTest {

  @Test
  void Is_read_as_it_was_written() {
    var drain = new Message.Drain(3);
    assertThat(Messages.drain(Messages.write(drain))).contains(drain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no message",
        "{}",
        "{\"drain\":\"all\"}",
        "{\"at\":\"noon\",\"id\":\"drain\"}"
      })
  void Is_nothing_else(String text) {
    assertThat(Messages.drain(text)).isEmpty();
  }
}
