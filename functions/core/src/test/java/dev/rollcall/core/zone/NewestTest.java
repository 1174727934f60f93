package dev.rollcall.core.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewestTest {
  private static final Tzdata OWN =
      new Tzdata(
          """
          # version 2026f
          # released 2026-10-28
          Z Etc/UTC 0 - UTC
          Z Europe/Riga 5 - XXX
          L Etc/UTC UTC
          """);
  private static final ZoneId RIGA = ZoneId.of("Europe/Riga");
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  @Nested
  class Where_the_release_brings_the_newer_rules {
    private final Newest newest = Newest.of(OWN, "2026e");

    @Test
    void they_count() {
      assertThat(newest.rules(RIGA).getOffset(NEW_YEAR)).isEqualTo(ZoneOffset.ofHours(5));
      assertThat(newest.rules(ZoneId.of("UTC")).getOffset(NEW_YEAR)).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void they_are_compiled_once() {
      var rules = newest.rules(RIGA);
      newest.rules(ZoneId.of("UTC"));

      assertThat(newest.rules(RIGA)).isSameAs(rules);
    }

    @Test
    void a_zone_that_they_lack_keeps_those_of_the_jdk() {
      var tallinn = ZoneId.of("Europe/Tallinn");
      assertThat(newest.rules(tallinn)).isEqualTo(tallinn.getRules());
    }

    @Test
    void an_offset_is_as_it_says() {
      assertThat(newest.rules(ZoneOffset.ofHours(3)).getOffset(NEW_YEAR))
          .isEqualTo(ZoneOffset.ofHours(3));
    }

    @Test
    void their_edition_is_told() {
      assertThat(newest.data())
          .isEqualTo(new ZoneData("2026f", ZoneData.Source.RELEASE, LocalDate.parse("2026-10-28")))
          .hasToString("2026f of this release");
    }
  }

  @Nested
  class Where_the_jdk_has_rules_that_are_as_new {

    @ParameterizedTest
    @ValueSource(strings = {"2026f", "2026g", "2026za", "2027a"})
    void they_count(String version) {
      assertThat(Newest.of(OWN, version).rules(RIGA)).isEqualTo(RIGA.getRules());
    }

    @Test
    void their_edition_is_told_with_the_earliest_day_of_its_release() {
      assertThat(Newest.of(OWN, "2026g").data())
          .isEqualTo(new ZoneData("2026g", ZoneData.Source.JDK, LocalDate.parse("2026-10-28")))
          .hasToString("2026g of the JDK");
      assertThat(Newest.of(OWN, "2027b").data().released()).isEqualTo("2027-01-01");
    }
  }

  @Nested
  class An_edition {
    private final ZoneData data = Newest.of(OWN, "2026a").data();

    @Test
    void is_old_after_180_days() {
      assertThat(data.isOld(Instant.parse("2027-04-26T23:59:59Z"))).isFalse();
      assertThat(data.isOld(Instant.parse("2027-04-27T00:00:00Z"))).isTrue();
    }
  }
}
