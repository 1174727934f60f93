package dev.rollcall.core.zone;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The time zones a check may name, and what their clocks show.
///
/// A [ZoneId] stands for the name of a zone only. Its own rules are those of the JDK, which may be
/// older than this release: whoever asks what a clock shows asks here.
public final class Zones {

  /// Names that the IANA time zone database keeps in its file `backward` for old data, behind the
  /// one that is in use today.
  private static final String LEGACY =
      """
      Africa/Abidjan < Iceland
      Africa/Cairo < Egypt
      Africa/Nairobi < Africa/Asmera
      Africa/Tripoli < Libya
      America/Adak < US/Aleutian
      America/Anchorage < US/Alaska
      America/Argentina/Buenos_Aires < America/Buenos_Aires
      America/Argentina/Catamarca < America/Argentina/ComodRivadavia America/Catamarca
      America/Argentina/Cordoba < America/Cordoba America/Rosario
      America/Argentina/Jujuy < America/Jujuy
      America/Argentina/Mendoza < America/Mendoza
      America/Chicago < CST6CDT US/Central
      America/Denver < MST7MDT Navajo US/Mountain
      America/Detroit < US/Michigan
      America/Edmonton < Canada/Mountain
      America/Halifax < Canada/Atlantic
      America/Havana < Cuba
      America/Indiana/Indianapolis < America/Fort_Wayne America/Indianapolis US/East-Indiana
      America/Indiana/Knox < America/Knox_IN US/Indiana-Starke
      America/Jamaica < Jamaica
      America/Kentucky/Louisville < America/Louisville
      America/Los_Angeles < PST8PDT US/Pacific
      America/Manaus < Brazil/West
      America/Mazatlan < Mexico/BajaSur
      America/Mexico_City < Mexico/General
      America/New_York < EST5EDT US/Eastern
      America/Noronha < Brazil/DeNoronha
      America/Nuuk < America/Godthab
      America/Panama < EST
      America/Phoenix < MST US/Arizona
      America/Regina < Canada/Saskatchewan
      America/Rio_Branco < Brazil/Acre
      America/Santiago < Chile/Continental
      America/Sao_Paulo < Brazil/East
      America/St_Johns < Canada/Newfoundland
      America/Tijuana < Mexico/BajaNorte
      America/Toronto < Canada/Eastern
      America/Vancouver < Canada/Pacific
      America/Whitehorse < Canada/Yukon
      America/Winnipeg < Canada/Central
      Asia/Ashgabat < Asia/Ashkhabad
      Asia/Dhaka < Asia/Dacca
      Asia/Ho_Chi_Minh < Asia/Saigon
      Asia/Hong_Kong < Hongkong
      Asia/Jerusalem < Israel
      Asia/Kathmandu < Asia/Katmandu
      Asia/Kolkata < Asia/Calcutta
      Asia/Macau < Asia/Macao
      Asia/Makassar < Asia/Ujung_Pandang
      Asia/Seoul < ROK
      Asia/Shanghai < Asia/Chungking PRC
      Asia/Singapore < Singapore
      Asia/Taipei < ROC
      Asia/Tehran < Iran
      Asia/Thimphu < Asia/Thimbu
      Asia/Tokyo < Japan
      Asia/Ulaanbaatar < Asia/Choibalsan Asia/Ulan_Bator
      Asia/Yangon < Asia/Rangoon
      Atlantic/Faroe < Atlantic/Faeroe
      Australia/Adelaide < Australia/South
      Australia/Brisbane < Australia/Queensland
      Australia/Darwin < Australia/North
      Australia/Hobart < Australia/Tasmania
      Australia/Lord_Howe < Australia/LHI
      Australia/Melbourne < Australia/Victoria
      Australia/Perth < Australia/West
      Australia/Sydney < Australia/ACT Australia/NSW
      Etc/GMT < GMT+0 GMT-0 GMT0 Greenwich
      Etc/UTC < UCT Universal Zulu
      Europe/Athens < EET
      Europe/Brussels < CET MET
      Europe/Dublin < Eire
      Europe/Istanbul < Turkey
      Europe/Kyiv < Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye
      Europe/Lisbon < Portugal WET
      Europe/London < GB GB-Eire
      Europe/Moscow < W-SU
      Europe/Warsaw < Poland
      Pacific/Auckland < Antarctica/South_Pole NZ
      Pacific/Chatham < NZ-CHAT
      Pacific/Easter < Chile/EasterIsland
      Pacific/Guadalcanal < Pacific/Ponape
      Pacific/Honolulu < HST US/Hawaii
      Pacific/Kanton < Pacific/Enderbury
      Pacific/Kwajalein < Kwajalein
      Pacific/Pago_Pago < US/Samoa
      Pacific/Port_Moresby < Pacific/Truk
      """;

  private static final Map<String, String> TODAY =
      LEGACY
          .lines()
          .map(line -> line.split(" < ", -1))
          .flatMap(line -> Stream.of(line[1].split(" ", -1)).map(old -> Map.entry(old, line[0])))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /// What the JDK knows without being in the database.
  private static final String NOT_IANA = "SystemV/";

  private static final Set<String> NAMES =
      ZoneRulesProvider.getAvailableZoneIds().stream()
          .filter(name -> !name.startsWith(NOT_IANA))
          .collect(Collectors.toUnmodifiableSet());

  private static final Newest NEWEST = Newest.of(Bundled.database(), jdkVersion());

  private Zones() {}

  /// The zone of an IANA name, spelt exactly; a legacy name gives the zone under the name of today,
  /// as `Europe/Kiev` gives `Europe/Kyiv`. Nothing for any other text, an offset such as `+02:00`
  /// included, and for a name that the JDK does not know: an older release could not read its
  /// check.
  public static Optional<ZoneId> parse(String name) {
    String today = TODAY.getOrDefault(name, name);
    return NAMES.contains(today) ? Optional.of(ZoneId.of(today)) : Optional.empty();
  }

  /// How the clock of a zone is ahead of UTC, and when that changes. It says nothing about which of
  /// this is daylight saving.
  public static ZoneRules rules(ZoneId zone) {
    return NEWEST.rules(zone);
  }

  /// What the clock of a zone shows.
  public static LocalDateTime local(Instant instant, ZoneId zone) {
    return LocalDateTime.ofInstant(instant, rules(zone).getOffset(instant));
  }

  /// Where the rules are from.
  public static ZoneData data() {
    return NEWEST.data();
  }

  private static String jdkVersion() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }
}
