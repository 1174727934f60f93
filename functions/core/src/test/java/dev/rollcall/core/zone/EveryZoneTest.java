package dev.rollcall.core.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.digest.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every zone of the database, against what Python's zoneinfo makes of the same edition's compiled
/// files: all changes of its clock to the end of 2037, as `scripts/renew-tzdata` writes them down.
class EveryZoneTest {
  private static final long END = Instant.parse("2038-01-01T00:00:00Z").getEpochSecond();
  private static final Tzdata DATABASE = Bundled.database();

  /// @param changes how many
  /// @param digest of the changes
  record Expected(String name, int changes, String digest) {}

  @ParameterizedTest
  @MethodSource("expectations")
  void changes_its_clock_when_python_says_so(Expected expected) {
    var rules = DATABASE.rules(expected.name()).orElseThrow();

    assertThat(changes(rules)).hasSize(expected.changes());
    assertThat(digest(rules)).isEqualTo(expected.digest());
  }

  @Test
  void is_of_the_edition_that_is_expected() throws IOException {
    assertThat(lines().findFirst()).contains("# version " + DATABASE.version());
  }

  @Test
  void is_known_to_a_check_by_each_of_its_names() throws IOException {
    assertThat(names()).hasSizeGreaterThan(590);
    assertThat(names())
        .filteredOn(name -> Zones.parse(name).isEmpty())
        .as("names that no JDK has, or that this one does not have yet")
        .containsExactly("Factory");
  }

  @Test
  void of_the_jdk_is_in_the_database() throws IOException {
    assertThat(ZoneId.getAvailableZoneIds())
        .filteredOn(name -> Zones.parse(name).isPresent())
        .isSubsetOf(names());
  }

  static Stream<Expected> expectations() throws IOException {
    return lines()
        .skip(1)
        .map(line -> line.split(" ", -1))
        .map(words -> new Expected(words[0], Integer.parseInt(words[1]), words[2]));
  }

  private static Set<String> names() throws IOException {
    return expectations().map(Expected::name).collect(Collectors.toSet());
  }

  private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
    return rules.getTransitions().stream().filter(change -> change.toEpochSecond() < END).toList();
  }

  private static String digest(ZoneRules rules) {
    var text = new StringBuilder();
    text.append(rules.getOffset(Instant.MIN).getTotalSeconds()).append('\n');
    for (var change : changes(rules)) {
      text.append(change.toEpochSecond())
          .append(' ')
          .append(change.getOffsetAfter().getTotalSeconds())
          .append('\n');
    }
    var digest = HexFormat.of().formatHex(Sha256.of(text.toString().getBytes(UTF_8)));
    return digest.substring(0, 16);
  }

  private static Stream<String> lines() throws IOException {
    try (var resource =
        Objects.requireNonNull(EveryZoneTest.class.getResourceAsStream("/zones.txt"))) {
      return new String(resource.readAllBytes(), UTF_8).lines();
    }
  }
}
