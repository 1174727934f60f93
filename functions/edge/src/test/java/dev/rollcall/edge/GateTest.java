package dev.rollcall.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.Moments;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Release RELEASE = new Release("0.5.0", 5, 3);

  private final TablesInMemory memory = new TablesInMemory();
  private final SchemaItems data = new SchemaItems(memory);
  private final SettableClock clock = new SettableClock(Moments.NOON);
  private final Gate gate =
      new Gate(memory.client(), memory.tables(), clock, SchemaView.TTL, RELEASE);

  @AfterEach
  void close() {
    memory.close();
  }

  private void say(int level, int writeLevel, int minReader, int minWriter) {
    data.say(new Schema(level, writeLevel, minReader, minWriter, Schema.Phase.STEADY));
  }

  @Nested
  class Its_answer {
    @Test
    void is_that_of_the_release_on_the_data() {
      say(6, 6, 5, 6);
      assertThat(gate.fit()).isEqualTo(Fit.READ_ONLY);
    }

    @Test
    void is_asked_for_by_nobody_before_it_is_wanted() {
      assertThat(gate.seenAhead()).isEmpty();
      assertThat(memory.meter().usage().calls()).isZero();
    }

    @Test
    void holds_for_15_seconds() {
      say(6, 6, 5, 5);
      assertThat(gate.fit()).isEqualTo(Fit.NORMAL);
      say(6, 6, 6, 6);
      clock.advance(SchemaView.TTL.minusNanos(1));
      assertThat(gate.fit()).isEqualTo(Fit.NORMAL);
      clock.advance(SchemaView.TTL);
      assertThat(gate.fit()).isEqualTo(Fit.UNREADABLE);
    }
  }

  @Nested
  class The_level_to_write_in {
    @Test
    void is_that_of_the_data_while_older_releases_serve() {
      say(5, 4, 3, 3);
      assertThat(gate.writeLevel()).isEqualTo(4);
    }

    @Test
    void is_never_beyond_the_releases_own() {
      say(7, 7, 3, 3);
      assertThat(gate.writeLevel()).isEqualTo(5);
    }
  }

  @Nested
  class Whoever_is_refused {
    private final Release older = new Release("0.2.0", 2, 1);
    private final Release next = new Release("0.6.0", 6, 4);
    private final Release last = new Release("0.7.0", 7, 6);

    {
      List.of(last, next, RELEASE, older).forEach(data::served);
    }

    @Test
    void hears_of_the_releases_that_may_do_what_this_one_may_not() {
      say(6, 6, 5, 6);
      assertThat(gate.refusal())
          .isEqualTo(
              new Gate.Refusal(
                  Optional.of(6),
                  RELEASE,
                  List.of("0.6.0", "0.7.0"),
                  "Deploy release 0.6.0 or 0.7.0, which knows this level of the data."));
    }

    @Test
    void hears_of_an_older_release_when_the_data_is_older_than_this_one_reads() {
      say(2, 2, 1, 1);
      assertThat(gate.fit()).isEqualTo(Fit.UNREADABLE);
      assertThat(gate.refusal().others()).containsExactly("0.2.0");
    }
  }

  @Nested
  class Data_that_says_of_itself_what_this_release_does_not_understand {
    {
      say(7, 7, 3, 3);
      data.strange("minReader");
    }

    @Test
    void cannot_be_read() {
      assertThat(gate.fit()).isEqualTo(Fit.UNREADABLE);
      assertThat(gate.seenAhead()).hasValue(7);
    }

    @Test
    void says_what_is_not_understood_and_which_release_may_understand_it() {
      data.served(new Release("0.7.0", 7, 3));
      data.served(RELEASE);
      assertThat(gate.refusal())
          .isEqualTo(
              new Gate.Refusal(
                  Optional.of(7),
                  RELEASE,
                  List.of("0.7.0"),
                  "Release 0.5.0 does not understand what the data says of itself (SCHEMA:"
                      + " `minReader` is no number). Deploy release 0.7.0."));
    }

    @Test
    void names_the_one_that_wrote_it_when_no_other_has_named_itself() {
      assertThat(gate.refusal().remedy())
          .endsWith("Deploy the release that wrote it, or a newer one.");
    }
  }

  @Nested
  class The_level_of_newer_data {
    @Test
    void is_known_once_somebody_has_asked() {
      say(6, 6, 5, 5);
      assertThat(gate.seenAhead()).isEmpty();
      assertThat(gate.fit()).isEqualTo(Fit.NORMAL);
      assertThat(gate.seenAhead()).hasValue(6);
    }

    @Test
    void is_nobodys_concern_when_the_release_knows_it() {
      say(5, 5, 5, 5);
      assertThat(gate.fit()).isEqualTo(Fit.NORMAL);
      assertThat(gate.seenAhead()).isEmpty();
    }
  }
}
