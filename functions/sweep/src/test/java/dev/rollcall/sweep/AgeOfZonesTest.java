package dev.rollcall.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.zone.ZoneData;
import dev.rollcall.core.zone.Zones;
import dev.rollcall.testing.LoggedText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgeOfZonesTest {
  private static final Instant OLD = Instant.parse("2027-04-27T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AgeOfZones zones =
      new AgeOfZones(new ZoneData("2026f", ZoneData.Source.RELEASE, LocalDate.parse("2026-10-28")));
  private final LoggedText logged = new LoggedText("dev.rollcall.sweep");

  @AfterEach
  void close() {
    logged.close();
  }

  @Test
  void is_no_matter_for_180_days() {
    zones.tick(OLD.minus(MINUTE));

    assertThat(logged.text()).isEmpty();
  }

  @Test
  void is_told_once_a_day_from_then_on() {
    for (int minute = 0; minute < 3 * 24 * 60; minute++) {
      zones.tick(OLD.plus(MINUTE.multipliedBy(minute)));
    }

    assertThat(logged.text().split("time zone data 2026f of this release is older", -1))
        .hasSize(1 + 3);
  }

  @Test
  void is_looked_at_by_each_tick() {
    try (var world = new SweepWorld()) {
      world.moveTo(Zones.data().released().plusDays(200).atStartOfDay().toInstant(ZoneOffset.UTC));
      world.tick();
    }

    assertThat(logged.text()).contains("is older than 180 days");
  }
}
