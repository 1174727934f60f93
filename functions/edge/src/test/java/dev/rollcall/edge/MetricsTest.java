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

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Stream<Arguments> all() {
    return Stream.of(
        metric("MonitoringDegraded", "Count", 1, Metrics::monitoringDegraded),
        metric("GaveUp", "Count", 1, Metrics::gaveUp),
        metric("MailRefused", "Count", 1, Metrics::mailRefused),
        metric("FirstTry", "Milliseconds", 1_500, each -> each.firstTry(Duration.ofMillis(1_500))));
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
        .contains("\"FunctionName\": \"rollcall-notify\"")
        .endsWith("\"" + name + "\": " + value + "}" + System.lineSeparator())
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
