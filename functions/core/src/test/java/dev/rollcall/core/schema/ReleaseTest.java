package dev.rollcall.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final Release RELEASE = new Release("0.5.0", 5, 3);

  private static Schema data(int level, int minReader, int minWriter) {
    return new Schema(level, level, minReader, minWriter, Schema.Phase.STEADY);
  }

  @Nested
  class Data_that_the_release_knows {
    @Test
    void of_its_own_level_is_served() {
      assertThat(RELEASE.on(data(5, 5, 5))).isEqualTo(Fit.NORMAL);
    }

    @Test
    void of_the_lowest_level_that_it_reads_is_served() {
      assertThat(RELEASE.on(data(3, 3, 3))).isEqualTo(Fit.NORMAL);
    }

    @Test
    void that_is_on_its_way_beyond_it_is_left_alone() {
      assertThat(RELEASE.on(data(5, 6, 6))).isEqualTo(Fit.UNREADABLE);
    }
  }

  @Nested
  class Newer_data {
    @Test
    void is_served_when_such_writers_do_no_harm() {
      assertThat(RELEASE.on(data(6, 5, 5))).isEqualTo(Fit.NORMAL);
    }

    @Test
    void is_only_read_when_such_writers_would_do_harm() {
      assertThat(RELEASE.on(data(6, 5, 6))).isEqualTo(Fit.READ_ONLY);
    }

    @Test
    void is_left_alone_when_it_cannot_be_read() {
      assertThat(RELEASE.on(data(6, 6, 6))).isEqualTo(Fit.UNREADABLE);
    }
  }

  @Nested
  class Data_of_long_ago {
    @Test
    void is_left_alone() {
      assertThat(RELEASE.on(data(2, 1, 1))).isEqualTo(Fit.UNREADABLE);
    }
  }

  @Nested
  class What_it_writes {
    @Test
    void is_in_the_level_that_the_data_asks_for() {
      var waiting = new Schema(5, 4, 3, 3, Schema.Phase.EXPANDED);
      assertThat(RELEASE.writeLevel(waiting)).isEqualTo(4);
    }

    @Test
    void is_never_beyond_its_own_level() {
      assertThat(RELEASE.writeLevel(data(6, 5, 5))).isEqualTo(5);
    }
  }

  @Nested
  class This_release {
    @Test
    void has_the_name_of_the_build() throws IOException {
      var pom = Files.readString(Path.of("..", "..", "pom.xml"));
      assertThat(pom)
          .containsPattern(
              "<artifactId>rollcall</artifactId>\\s*<version>"
                  + Pattern.quote(Release.THIS.name())
                  + "(-SNAPSHOT)?</version>");
    }

    @Test
    void reads_and_writes_what_the_first_release_left() {
      assertThat(Release.THIS.on(Schema.FIRST)).isEqualTo(Fit.NORMAL);
    }
  }

  @Nested
  class Nonsense {
    @Test
    void a_level_below_1_is_refused() {
      assertThatThrownBy(() -> new Schema(0, 1, 1, 1, Schema.Phase.STEADY))
          .hasMessage("levels count from 1");
      assertThatThrownBy(() -> new Schema(1, 0, 1, 1, Schema.Phase.STEADY))
          .hasMessage("levels count from 1");
      assertThatThrownBy(() -> new Schema(1, 1, 0, 1, Schema.Phase.STEADY))
          .hasMessage("levels count from 1");
      assertThatThrownBy(() -> new Schema(1, 1, 1, 0, Schema.Phase.STEADY))
          .hasMessage("levels count from 1");
      assertThat(new Schema(1, 1, 1, 1, Schema.Phase.STEADY)).isEqualTo(Schema.FIRST);
    }

    @Test
    void a_release_that_cannot_read_its_own_level_is_refused() {
      assertThatThrownBy(() -> new Release("0.5.0", 5, 6))
          .hasMessage("a release reads from 1 up to its own level");
      assertThatThrownBy(() -> new Release("0.5.0", 5, 0))
          .hasMessage("a release reads from 1 up to its own level");
      assertThat(new Release("0.1.0", 1, 1).on(Schema.FIRST)).isEqualTo(Fit.NORMAL);
    }
  }
}
