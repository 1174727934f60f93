package dev.rollcall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static final Duration LATE = Duration.ofMillis(1_500);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Stream<Arguments> all() {
    return Stream.of(
        metric("MonitoringDegraded", "Count", 1, Metrics::monitoringDegraded),
        metric("GaveUp", "Count", 1, Metrics::gaveUp),
        metric("MailRefused", "Count", 1, Metrics::mailRefused),
        metric("PingTaken", "Count", 1, each -> each.pingTaken("start")),
        metric("PingKept", "Count", 1, each -> each.pingKept("start")),
        metric("PingRefused", "Count", 1, each -> each.pingRefused(404)),
        metric("DrainAge", "Milliseconds", 1_500, each -> each.drained(LATE, 3)),
        metric("Flips", "Count", 2, each -> each.flips(2)),
        metric("Delivered", "Count", 1, each -> each.delivered("email")),
        metric("DeliveryFailed", "Count", 1, each -> each.deliveryFailed("email")),
        metric("DeliveryRefused", "Count", 1, each -> each.deliveryRefused("email")),
        metric("FirstTry", "Milliseconds", 1_500, each -> each.firstTry(LATE)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void A_metric_is_a_line_that_cloudwatch_understands(
      String name, String unit, long value, Consumer<Metrics> said) {
    said.accept(metrics("rollcall-notify"));

    assertThat(out.toString(UTF_8))
        .contains("\"_aws\": {", "\"Timestamp\": " + NOON.toEpochMilli())
        .contains("\"Namespace\": \"Rollcall\"", "\"Dimensions\": [[\"FunctionName\"]]")
        .contains("\"Name\": \"" + name + "\"", "\"Unit\": \"" + unit + "\"")
        .contains("\"FunctionName\": \"rollcall-notify\"", "\"level\": \"INFO\"")
        .endsWith("\"" + name + "\": " + value + "}" + "\n")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void A_metric_is_left_out_where_there_is_no_cloudwatch(
      String name, String unit, long value, Consumer<Metrics> said) {
    said.accept(metrics(null));
    assertThat(out.size()).isZero();
  }

  @Test
  void What_kind_it_was_stands_beside_a_metric_and_is_none() {
    metrics("rollcall-notify").delivered("webhook");

    assertThat(out.toString(UTF_8))
        .contains("\"kind\": \"webhook\", \"Delivered\": 1}")
        .containsOnlyOnce("\"Unit\"");
  }

  /// `deploy/cost.py` counts 410 bytes a ping, CloudWatch's own 26 and a request id of 56 in them.
  @Test
  void A_line_of_a_ping_is_as_short_as_its_cost_counts() {
    metrics("rollcall-PingFunction-0123456789AB").pingTaken("success");

    assertThat(out.size()).isLessThanOrEqualTo(410 - 26 - 56);
  }

  @Test
  void What_a_function_rehearses_does_not_count() {
    Metrics.mute(true);
    try {
      metrics("rollcall-ping").pingTaken("success");
    } finally {
      Metrics.mute(false);
    }

    assertThat(out.size()).isZero();
  }

  @Test
  void A_flip_of_the_next_moment_was_told_at_once() {
    metrics("rollcall-notify").firstTry(Duration.ofMillis(-3));
    assertThat(out.toString(UTF_8)).contains("\"FirstTry\": 0}");
  }

  private Metrics metrics(@Nullable String function) {
    return new Metrics(function, new PrintStream(out, true, UTF_8), InstantSource.fixed(NOON));
  }

  private static Arguments metric(String name, String unit, long value, Consumer<Metrics> said) {
    return Arguments.of(name, unit, value, said);
  }
}
