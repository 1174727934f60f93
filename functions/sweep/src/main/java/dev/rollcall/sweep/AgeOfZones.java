package dev.rollcall.sweep;

import dev.rollcall.core.zone.ZoneData;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Warns of time zone data that is old: in the log, once a day for each process that ticks. Nobody
/// need be woken, since a schedule is wrong by an hour at most, and only where clocks are set anew.
final class AgeOfZones {
  private static final Logger LOG = System.getLogger(AgeOfZones.class.getName());

  private final ZoneData data;
  private volatile @Nullable LocalDate warned;

  AgeOfZones(ZoneData data) {
    this.data = data;
  }

  void tick(Instant now) {
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (data.isOld(now) && !today.equals(warned)) {
      warned = today;
      LOG.log(
          Level.WARNING,
          "time zone data {0} is older than 180 days: schedules may be an hour off where clocks"
              + " have been set anew. A newer release of Rollcall brings newer data",
          data);
    }
  }
}
