package dev.rollcall.migrate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testing.LoggedText;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.cloud.CloudFormationServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResponderTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant LATER = NOON.plus(Duration.ofHours(1));

  private final SettableClock clock = new SettableClock(NOON);
  private final Responder responder = new Responder(clock, Duration.ofMillis(1));
  private CloudFormationServer cloud;
  private Request request;

  @BeforeEach
  void start() throws IOException {
    cloud = new CloudFormationServer();
    request = to(cloud.newUrl());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Nested
  class An_answer {

    @Test
    void is_put_once_with_no_content_type_as_its_signature_wants() {
      answer(Answer.success("STEADY"));

      assertThat(cloud.at(request.answerTo()))
          .singleElement()
          .satisfies(put -> {
            assertThat(put.status()).isEqualTo("SUCCESS");
            assertThat(put.state()).isEqualTo("STEADY");
            assertThat(put.headers()).doesNotContainKey("Content-type");
          });
    }

    @Test
    void names_the_resource_by_the_same_name_always() {
      answer(Answer.success("STEADY"));

      assertThat(cloud.at(request.answerTo()).getFirst().physicalId()).isEqualTo("SchemaExpand");
    }

    @Test
    void is_put_again_until_it_is_taken() {
      cloud.refuse(4);

      answer(Answer.success("STEADY"));

      assertThat(cloud.at(request.answerTo())).hasSize(1);
    }

    @Test
    void that_nobody_takes_fails_the_call_so_that_lambda_delivers_it_again() {
      cloud.refuse(5);

      assertThatThrownBy(() -> answer(Answer.success("STEADY")))
          .isInstanceOf(Responder.Undelivered.class)
          .hasMessageNotContaining("127.0.0.1");
    }

    @Test
    void is_never_longer_than_cloud_formation_takes() {
      var longest = Answer.failed("\u0001".repeat(10_000)).to(request);

      assertThat(longest).hasSizeLessThan(Answer.MOST_BYTES);
      assertThat(Answer.failed("x".repeat(10_000)).reason()).hasSize(Answer.REASON).endsWith("…");
    }

    @Test
    void never_shows_its_url_in_the_log() {
      try (var log = new LoggedText("dev.rollcall.migrate")) {
        cloud.refuse(5);
        assertThatThrownBy(() -> answer(Answer.success("STEADY"))).isNotNull();
        assertThatThrownBy(() -> answer(to("no url " + CloudFormationServer.SIGNATURE)))
            .isInstanceOf(Responder.Undelivered.class)
            .hasMessageNotContaining(CloudFormationServer.SIGNATURE)
            .hasNoCause();
        assertThat(log.text()).contains("could not be answered").doesNotContain("Signature");
      }
    }

    private void answer(Answer answer) {
      responder.answer(request, LATER, () -> answer, () -> answer, _ -> answer);
    }

    private void answer(Request other) {
      var answer = Answer.success("STEADY");
      responder.answer(other, LATER, () -> answer, () -> answer, _ -> answer);
    }
  }

  @Nested
  class Work_that {

    @Test
    void throws_an_error_is_answered() {
      responder.answer(
          request,
          LATER,
          () -> {
            throw new NoClassDefFoundError("dev/rollcall/Missing");
          },
          () -> Answer.success("not asked for"),
          thrown -> Answer.failed(thrown.getClass().getSimpleName()));

      assertThat(cloud.at(request.answerTo()))
          .singleElement()
          .satisfies(put -> assertThat(put.reason()).isEqualTo("NoClassDefFoundError"));
    }

    @Test
    void does_not_end_is_answered_in_its_place_and_its_own_answer_is_dropped() {
      responder.answer(
          request,
          NOON.plusMillis(50),
          () -> {
            cloud.awaitAnswer(request.answerTo());
            return Answer.success("too late");
          },
          () -> Answer.success("SETTLING"),
          _ -> Answer.failed("not asked for"));

      assertThat(cloud.at(request.answerTo()))
          .singleElement()
          .satisfies(put -> assertThat(put.state()).isEqualTo("SETTLING"));
    }

    @Test
    void does_not_end_is_answered_even_when_nobody_can_say_where_it_stands() {
      responder.answer(
          request,
          NOON.plusMillis(50),
          () -> {
            cloud.awaitAnswer(request.answerTo());
            return Answer.success("too late");
          },
          () -> {
            throw new StackOverflowError();
          },
          thrown -> Answer.failed(thrown.getClass().getSimpleName()));

      assertThat(cloud.at(request.answerTo()))
          .singleElement()
          .satisfies(put -> assertThat(put.reason()).isEqualTo("StackOverflowError"));
    }
  }

  @Nested
  class A_request {

    @Test
    void is_the_same_when_it_comes_again_and_another_when_its_url_is() {
      assertThat(to("http://a/").identity()).isEqualTo(to("http://a/").identity());
      assertThat(to("http://a/").identity()).isNotEqualTo(to("http://b/").identity());
    }

    @Test
    void shows_nothing_of_its_url() {
      assertThat(request.toString()).contains("request-1").doesNotContain("Signature");
      assertThat(new String(Answer.success("STEADY").to(request), StandardCharsets.UTF_8))
          .doesNotContain("Signature");
    }
  }

  private static Request to(String url) {
    return new Request(
        Request.Kind.UPDATE,
        url,
        CloudFormationServer.STACK,
        "request-1",
        "SchemaExpand",
        "Custom::Schema",
        Map.of());
  }
}
