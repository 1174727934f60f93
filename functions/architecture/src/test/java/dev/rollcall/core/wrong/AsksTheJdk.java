package dev.rollcall.core.wrong;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;

final class AsksTheJdk {
  private AsksTheJdk() {}

  static ZoneRules rules(ZoneId zone) {
    return zone.getRules();
  }

  static ZonedDateTime zoned(Instant instant, ZoneId zone) {
    return instant.atZone(zone);
  }

  static LocalDateTime local(Instant instant, ZoneId zone) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  static Instant instant(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).toInstant();
  }

  static String text(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ISO_DATE.withZone(zone).format(instant);
  }
}
