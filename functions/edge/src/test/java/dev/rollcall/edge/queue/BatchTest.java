package dev.rollcall.edge.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.edge.queue.Batch.NothingDone;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class BatchTest {
  private final Batch batch = new Batch();

  @Nested
  class A_batch_of_which_something_was_done {
    @Test
    void gives_back_what_failed_each_once_and_in_order() {
      batch.failed("b", unreachable());
      batch.done("c");
      batch.again("a");
      batch.failed("b", unreachable());
      assertThat(answer()).isEqualTo(back("b", "a"));
    }

    @Test
    void gives_nothing_back_when_nothing_failed() {
      batch.done("a");
      assertThat(answer()).isEqualTo(back());
    }
  }

  @Nested
  class A_batch_of_which_nothing_could_be_done {
    @Test
    void is_an_error() {
      batch.failed("a", unreachable());
      batch.failed("b", new IllegalStateException("pool of CHECK#1 shut down"));
      assertThatExceptionOfType(NothingDone.class)
          .isThrownBy(batch::answer)
          .withMessage(
              "none of 2 messages could be seen to: IllegalStateException, SdkClientException")
          .withNoCause();
    }

    @Test
    void is_an_error_whatever_else_is_in_it() {
      batch.failed("strange", malformed());
      batch.unfit("unreadable");
      batch.failed("a", unreachable());
      assertThatThrownBy(batch::answer).isInstanceOf(NothingDone.class);
    }

    @Test
    void is_an_error_when_messages_failed_after_a_first_step() {
      batch.done("a");
      batch.failed("a", unreachable());
      assertThatThrownBy(batch::answer).isInstanceOf(NothingDone.class);
    }
  }

  @Nested
  class A_message_that_nobody_could_see_to {
    @Test
    void is_no_error_of_the_function() {
      batch.failed("a", malformed());
      batch.unfit("b");
      assertThat(answer()).isEqualTo(back("a", "b"));
    }
  }

  private String answer() {
    return new String(batch.answer(), UTF_8);
  }

  private static String back(String... ids) {
    return new String(SqsEvent.failures(List.of(ids)), UTF_8);
  }

  private static RuntimeException unreachable() {
    return SdkClientException.create("no route to host");
  }

  private static RuntimeException malformed() {
    return new MalformedMessage(new IllegalArgumentException("no check"));
  }
}
