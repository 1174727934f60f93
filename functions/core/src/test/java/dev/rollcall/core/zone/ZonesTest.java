package dev.rollcall.core.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "GMT",
        "Etc/UTC",
        "Europe/Riga",
        "Europe/Oslo",
        "Etc/GMT+3",
        "America/Argentina/Ushuaia"
      })
  void an_iana_name_is_a_zone(String name) {
    assertThat(Zones.parse(name)).contains(ZoneId.of(name));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Kiev, Europe/Kyiv",
    "Europe/Uzhgorod, Europe/Kyiv",
    "US/Eastern, America/New_York",
    "Asia/Calcutta, Asia/Kolkata",
    "EST, America/Panama",
    "HST, Pacific/Honolulu",
    "MST, America/Phoenix",
    "ROC, Asia/Taipei",
    "GMT+0, Etc/GMT",
    "GMT-0, Etc/GMT",
    "Zulu, Etc/UTC",
  })
  void a_legacy_name_is_the_zone_of_todays_name(String legacy, String today) {
    assertThat(Zones.parse(legacy)).contains(ZoneId.of(today));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utc",
        "europe/riga",
        "+02:00",
        "UTC+2",
        "GMT+2",
        "Z",
        "UT",
        "Europe",
        "SystemV/EST5",
        "Factory",
        "",
        " UTC"
      })
  void anything_else_is_none(String name) {
    assertThat(Zones.parse(name)).isEmpty();
  }

  /// The rules of 2026: the JDK may be older, and IANA has released them.
  @ParameterizedTest
  @CsvSource({
    "Africa/Casablanca, 2026-10-01T12:00:00Z, 2026-10-01T12:00",
    "America/Edmonton, 2026-11-01T18:00:00Z, 2026-11-01T12:00",
    "America/Inuvik, 2026-11-01T18:00:00Z, 2026-11-01T12:00",
    "America/Vancouver, 2026-11-01T19:00:00Z, 2026-11-01T12:00",
    "America/Yellowknife, 2026-11-01T18:00:00Z, 2026-11-01T12:00",
    "Canada/Mountain, 2026-11-01T18:00:00Z, 2026-11-01T12:00",
    "Cuba, 2026-11-01T16:00:00Z, 2026-11-01T12:00",
  })
  void clocks_show_what_this_years_rules_say(String name, Instant instant, String local) {
    assertThat(Zones.local(instant, Zones.parse(name).orElseThrow())).isEqualTo(local);
  }

  @Test
  void the_newest_rules_are_those_of_2026f_or_later() {
    assertThat(Zones.data().version()).isGreaterThanOrEqualTo("2026f");
  }
}
