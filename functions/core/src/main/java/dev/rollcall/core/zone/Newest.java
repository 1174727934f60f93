package dev.rollcall.core.zone;

import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;

/// The newer of two time zone databases: that of the release and that of the JDK.
///
/// The JDK takes no other rules for a zone that it knows, so those of the release are values beside
/// it. They are compiled once for each zone that is asked for; threads that ask at once may compile
/// a zone twice, to equal rules.
final class Newest {
  private final Tzdata own;
  private final ZoneData data;
  private volatile Map<String, ZoneRules> compiled = Map.of();

  private Newest(Tzdata own, ZoneData data) {
    this.own = own;
    this.data = data;
  }

  /// @param jdkVersion of the JDK's database
  static Newest of(Tzdata own, String jdkVersion) {
    return new Newest(
        own,
        own.version().compareTo(jdkVersion) > 0
            ? new ZoneData(own.version(), ZoneData.Source.RELEASE, own.released())
            : new ZoneData(jdkVersion, ZoneData.Source.JDK, earliest(own, jdkVersion)));
  }

  /// A database that is no older came out no earlier, and not before the year in its name.
  private static LocalDate earliest(Tzdata own, String version) {
    var year = Year.parse(version.substring(0, "2026".length())).atDay(1);
    return year.isAfter(own.released()) ? year : own.released();
  }

  ZoneData data() {
    return data;
  }

  /// The rules of a zone; the JDK's where the release has none of this name.
  ZoneRules rules(ZoneId zone) {
    if (zone instanceof ZoneOffset || data.source() == ZoneData.Source.JDK) {
      return zone.getRules();
    }
    var known = compiled.get(zone.getId());
    return known == null ? compile(zone) : known;
  }

  private ZoneRules compile(ZoneId zone) {
    var rules = own.rules(zone.getId()).orElseGet(zone::getRules);
    var more = new HashMap<>(compiled);
    more.put(zone.getId(), rules);
    compiled = Map.copyOf(more);
    return rules;
  }
}
