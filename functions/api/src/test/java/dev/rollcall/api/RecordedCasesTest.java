package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rollcall.testing.conformance.Case;
import dev.rollcall.testing.conformance.Replay;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The recorded cases that are about the API. Those about pings and webhooks need the functions
/// that have these.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedCasesTest {
  private static final Set<String> GROUPS =
      Set.of(
          "auth",
          "cors",
          "create",
          "validate",
          "upsert",
          "list",
          "get",
          "update",
          "lifecycle",
          "flips",
          "pings",
          "channels",
          "state",
          "service",
          "badges");

  /// Cases in which Rollcall differs on purpose: a ping that comes after the deadline, before any
  /// sweep, finds the outage first and dates it at the deadline. The reference erases it.
  private static final Set<String> OUTAGE_IS_KEPT =
      Set.of(
          "state.late-unprocessed.fail",
          "state.late-unprocessed.exit9",
          "state.start-overrun.success",
          "state.start-overrun.fail",
          "state.start-overrun.exit9",
          "state.new-start-overrun.success",
          "state.new-start-overrun.exit9",
          "state.overdue-ping-before-tick",
          "flips.seconds=300",
          "flips.seconds=0",
          "flips.seconds=",
          "flips.start=0",
          "flips.end=9999999999",
          "flips.start=0&end=9999999999",
          "flips.seconds=300&start=0&end=9999999999",
          "flips.seconds=1.0");

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterAll
  void close() {
    api.close();
  }

  @TestFactory
  Stream<DynamicTest> answer_as_the_reference_does() {
    return cases()
        .filter(recorded -> !OUTAGE_IS_KEPT.contains(recorded.id()))
        .map(recorded ->
            dynamicTest(
                recorded.id() + ": " + recorded.title(),
                () -> assertThat(Replay.of(recorded, api)).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> keep_an_outage_that_the_reference_erases() {
    return cases()
        .filter(recorded -> OUTAGE_IS_KEPT.contains(recorded.id()))
        .map(recorded ->
            dynamicTest(
                recorded.id() + ": " + recorded.title(),
                () -> assertThat(Replay.of(recorded, api)).get().asString().contains("flips = [")));
  }

  private static Stream<Case> cases() {
    return Case.recorded().stream().filter(recorded -> GROUPS.contains(recorded.group()));
  }
}
