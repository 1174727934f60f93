package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
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
}
