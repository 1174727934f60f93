package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rollcall.testing.conformance.Case;
import dev.rollcall.testing.conformance.Replay;
import dev.rollcall.testing.openapi.Description;
import dev.rollcall.testing.openapi.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every recorded case of Healthchecks, against the whole service over HTTP. Where Rollcall differs
/// on purpose, `docs/compatibility.md` says so, and this test reads it there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedCasesTest {
  /// A row of the table of cases: its first cell is the id of a case.
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+\\.[^`]+)` \\|");

  private final List<Case> cases = Case.recorded();
  private final List<String> listed = listed();
  private Service service;
  private Listener listener;
  private @Nullable Witness witness;

  @BeforeAll
  void start() throws IOException {
    service = Service.start(new Options(0, null, false));
    listener = new Listener();
    witness = witness(Remote.at(service.url()));
  }

  @AfterAll
  void stop() {
    service.close();
    listener.close();
  }

  @TestFactory
  Stream<DynamicTest> are_answered_as_recorded_unless_they_are_listed() {
    return cases.stream()
        .filter(recorded -> !listed.contains(recorded.id()))
        .map(recorded -> dynamicTest(name(recorded), () -> assertThat(replay(recorded)).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> differ_where_they_are_listed() {
    return cases.stream()
        .filter(recorded -> listed.contains(recorded.id()))
        .map(recorded ->
            dynamicTest(name(recorded), () -> assertThat(replay(recorded)).isPresent()));
  }

  @Test
  void are_all_there() {
    assertThat(cases).hasSize(313).extracting(Case::id).doesNotHaveDuplicates();
  }

  @Test
  void are_listed_once_and_by_ids_that_exist() {
    assertThat(listed)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .isSubsetOf(cases.stream().map(Case::id).collect(Collectors.toUnmodifiableSet()));
  }

  private Optional<String> replay(Case recorded) {
    return replay(recorded, Remote.at(service.url()), listener, witness);
  }

  private static Optional<String> replay(
      Case recorded, Remote remote, Listener listener, @Nullable Witness witness) {
    var room = listener.room(Integer.toHexString(recorded.id().hashCode()));
    return Replay.of(recorded, new RecordedService(remote, room, witness));
  }

  /// Replays all cases against a service that runs.
  ///
  /// @return the cases that come out otherwise than they should, and what was otherwise
  static List<String> disagreements(Remote remote) throws IOException {
    var listed = listed();
    var witness = witness(remote);
    var disagreements = new ArrayList<String>();
    try (var listener = new Listener()) {
      for (var recorded : Case.recorded()) {
        var difference = replay(recorded, remote, listener, witness);
        if (difference.isPresent() != listed.contains(recorded.id())) {
          disagreements.add(name(recorded) + ": " + difference.orElse("no difference"));
        }
      }
    }
    return disagreements;
  }

  /// Holds answers of a service to what it says itself of its API. A release that says nothing of
  /// it has no witness.
  private static @Nullable Witness witness(Remote remote) {
    var answer = remote.http().get("/api/openapi.json");
    return answer.status() == 404 ? null : new Witness(Description.read(answer.text()));
  }

  private static String name(Case recorded) {
    return recorded.id() + ": " + recorded.title();
  }

  private static List<String> listed() {
    try (var page = RecordedCasesTest.class.getResourceAsStream("/docs/compatibility.md")) {
      var text = new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
      return ROW.matcher(text).results().map(row -> row.group(1)).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
