package dev.rollcall.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {

  private static final UUID ONE = new UUID(0, 1);

  static List<Object> ids() {
    return List.of(new CheckId(ONE), new RunId(ONE), new ProjectId(ONE), new ChannelId(ONE));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void read_as_their_uuid(Object id) {
    assertThat(id).hasToString("00000000-0000-0000-0000-000000000001");
  }
}
