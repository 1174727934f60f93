package dev.rollcall.core.zone;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;

/// The edition of the time zone database that is in use.
///
/// @param version such as `2026a`
/// @param source who brings it
/// @param released the day of its release; of one that the JDK brings the earliest that it can be
public record ZoneData(String version, Source source, LocalDate released) {

  /// Governments change their clocks several times a year, so that older data is likely wrong
  /// somewhere.
  private static final Period FRESH = Period.ofDays(180);

  /// Who brings a database.
  public enum Source {
    JDK,
    RELEASE
  }

  /// Whether it is older than 180 days.
  public boolean isOld(Instant now) {
    return released.plus(FRESH).isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /// In words, such as `2026a of the JDK`.
  @Override
  public String toString() {
    return version + (source == Source.JDK ? " of the JDK" : " of this release");
  }
}
