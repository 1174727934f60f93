package dev.rollcall.core.zone;

import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The [time zone database](https://www.iana.org/time-zones) as its compact text `tzdata.zi`: rules
/// of daylight saving (`R`), then zones (`Z`, one era a line), then other names of zones (`L`).
///
/// A zone is looked up and compiled when it is asked for; nothing else is read.
///
/// @param text with a line for its version, and one for the day of its release
record Tzdata(String text) {

  private static final String VERSION = "# version ";
  private static final String RELEASED = "# released ";
  private static final int NONE = -1;

  /// Such as `2026a`. Later ones sort behind earlier ones.
  String version() {
    return header(VERSION);
  }

  LocalDate released() {
    return LocalDate.parse(header(RELEASED));
  }

  private String header(String name) {
    return line(text.indexOf(name)).substring(name.length());
  }

  /// The rules of a zone, by any of its names.
  Optional<ZoneRules> rules(String name) {
    int zone = text.indexOf("\nZ " + name + " ");
    if (zone != NONE) {
      return Optional.of(Changes.of(eras(zone + "\nZ ".length() + name.length() + 1)));
    }
    int other = text.indexOf(" " + name + "\n", text.indexOf("\nL "));
    return other == NONE ? Optional.empty() : rules(target(other));
  }

  /// The zone of a line `L ZONE NAME`.
  ///
  /// @param end where the zone's name ends
  private String target(int end) {
    return text.substring(text.lastIndexOf(' ', end - 1) + 1, end);
  }

  /// The eras of a zone, each on a line.
  private List<Era> eras(int start) {
    var eras = new ArrayList<Era>();
    var rules = new HashMap<String, List<SavingRule>>();
    int at = start;
    do {
      var line = line(at);
      eras.add(Era.parse(line, name -> rules.computeIfAbsent(name, this::savingRules)));
      at += line.length() + 1;
    } while (at < text.length() && (text.charAt(at) == '-' || Character.isDigit(text.charAt(at))));
    return eras;
  }

  private List<SavingRule> savingRules(String name) {
    var rules = new ArrayList<SavingRule>();
    var start = "\nR " + name + " ";
    int at = text.indexOf(start);
    while (at != NONE) {
      rules.add(SavingRule.parse(line(at + 1)));
      at = text.indexOf(start, at + 1);
    }
    return rules;
  }

  private String line(int start) {
    return text.substring(start, text.indexOf('\n', start));
  }
}
