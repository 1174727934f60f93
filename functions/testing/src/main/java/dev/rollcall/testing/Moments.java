package dev.rollcall.testing;

import java.time.Instant;

/// Instants by name, all on one Monday.
public final class Moments {
  public static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
  public static final Instant MORNING = Instant.parse("2026-06-01T08:00:00Z");
  public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  public static final Instant EVENING = Instant.parse("2026-06-01T18:00:00Z");

  private Moments() {}
}
