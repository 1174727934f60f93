package dev.rollcall.local.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.local.clock.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Queues whose process is killed: nothing is closed, and others are opened over the same file.
class JournalTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration VISIBILITY = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  @TempDir private Path folder;
  private VirtualSqs sqs;

  @BeforeEach
  void start() {
    sqs = open();
  }

  @Nested
  class After_a_kill {
    @Test
    void what_was_sent_is_there_in_the_order_of_sending() {
      send("a", 0);
      send("b", 0);
      kill();
      send("c", 0);
      kill();

      assertThat(receive()).extracting(Message::body).containsExactly("a", "b", "c");
    }

    @Test
    void what_was_deleted_is_not() {
      send("a", 0);
      send("b", 0);
      var first = receive().getFirst();
      sqs.deleteMessage(r -> r.queueUrl(url()).receiptHandle(first.receiptHandle()));
      kill();
      clock.advance(VISIBILITY);

      assertThat(receive()).extracting(Message::body).containsExactly("b");
    }

    @Test
    void what_was_purged_is_not() {
      send("a", 0);
      sqs.purgeQueue(r -> r.queueUrl(url()));
      kill();

      assertThat(receive()).isEmpty();
    }

    @Test
    void a_delay_goes_on() {
      send("a", 60);
      kill();
      assertThat(receive()).isEmpty();

      clock.advance(Duration.ofSeconds(60));
      assertThat(receive()).extracting(Message::body).containsExactly("a");
    }

    @Test
    void what_a_function_had_in_hand_comes_again_at_once() throws InterruptedException {
      send("a", 0);
      var taken = sqs.queues().lease("jobs", 10);
      kill();

      assertThat(taken).hasSize(1);
      assertThat(receive()).extracting(Message::body).containsExactly("a");
    }

    @Test
    void what_a_function_gave_back_waits_for_its_retry() throws InterruptedException {
      send("a", 0);
      try (var _ = EventSource.start(sqs, "jobs", 10, 1, _ -> failed())) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
      }
      kill();

      assertThat(sqs.nextVisibleAt()).contains(NOON.plus(VISIBILITY));
      assertThat(sqs.makeRetriesVisible("jobs")).isEqualTo(1);
    }

    @Test
    void what_a_function_handled_does_not_come_again() throws InterruptedException {
      send("a", 0);
      try (var _ = EventSource.start(sqs, "jobs", 10, 1, _ -> new byte[0])) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
      }
      kill();

      assertThat(receive()).isEmpty();
    }

    @Test
    void what_is_dead_stays_dead() {
      send("a", 0);
      for (int i = 0; i < 3; i++) {
        receive();
        clock.advance(VISIBILITY);
      }
      kill();

      assertThat(receive()).isEmpty();
      var dead =
          sqs.getQueueAttributes(r ->
              r.queueUrl(sqs.url("dead"))
                  .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
      assertThat(dead.attributes().values()).containsExactly("1");
    }

    @Test
    void a_message_has_its_attributes() {
      var attributes =
          Map.of(
              "text", MessageAttributeValue.builder().dataType("String").stringValue("é").build(),
              "bytes",
                  MessageAttributeValue.builder()
                      .dataType("Binary")
                      .binaryValue(SdkBytes.fromByteArray(new byte[] {0, -1}))
                      .build());
      sqs.sendMessage(r -> r.queueUrl(url()).messageBody("a").messageAttributes(attributes));
      kill();

      assertThat(receive().getFirst().messageAttributes()).isEqualTo(attributes);
    }

    @Test
    void a_line_that_was_cut_off_is_dropped_and_the_others_are_read() throws IOException {
      send("a", 0);
      Files.writeString(file(), "{\"id\":\"b\",\"que", StandardOpenOption.APPEND);
      kill();
      send("c", 0);
      kill();

      assertThat(receive()).extracting(Message::body).containsExactly("a", "c");
    }
  }

  @Nested
  class A_line_that_was_cut_off {
    private static final String TORN = "{\"id\":\"torn\",\"queue\":\"jobs\",\"body\":\"b\u00e9";

    @Test
    void with_a_whole_one_behind_it_costs_none_of_the_others() throws IOException {
      send("a", 0);
      Files.write(file(), TORN.getBytes(ISO_8859_1), StandardOpenOption.APPEND);
      var whole = lineOf("{\"id\":\"in its text\"");
      Files.writeString(file(), whole + "\n", StandardOpenOption.APPEND);
      kill();
      send("c", 0);
      kill();

      assertThat(receive())
          .extracting(Message::body)
          .containsExactlyInAnyOrder("a", "{\"id\":\"in its text\"", "c");
      assertThat(Files.readAllBytes(aside())).isEqualTo((TORN + "\n").getBytes(ISO_8859_1));
    }

    @Test
    void is_put_aside_and_not_dropped_wherever_it_is() throws IOException {
      send("a", 0);
      Files.writeString(
          file(), TORN + TORN + "\n\0\0\0\nnull\n42\n{}\n" + TORN, StandardOpenOption.APPEND);
      kill();

      assertThat(receive()).extracting(Message::body).containsExactly("a");
      assertThat(Files.readAllLines(aside()))
          .containsExactly(TORN, TORN, "\0\0\0", "null", "42", "{}", TORN);
      kill();
      assertThat(Files.readAllLines(aside())).hasSize(7);
    }

    @Test
    void may_be_all_that_there_is() throws IOException {
      Files.writeString(file(), TORN);
      kill();

      assertThat(receive()).isEmpty();
      assertThat(Files.readAllLines(aside())).containsExactly(TORN);
    }

    @Test
    void is_shown_to_nobody_but_the_owner() throws IOException {
      Files.writeString(file(), TORN);
      kill();

      assertThat(Files.getPosixFilePermissions(aside()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(file()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private Path aside() {
      return folder.resolve("queues.jsonl.unreadable");
    }

    /// The line of a message with this text, as another journal has it.
    private String lineOf(String text) throws IOException {
      var other = folder.resolve("other.jsonl");
      try (var queues = open(other)) {
        queues.sendMessage(r -> r.queueUrl(queues.url("jobs")).messageBody(text));
      }
      return Files.readAllLines(other).getFirst();
    }
  }

  /// A process that may write no file longer than 4 KB sends until it cannot.
  @Nested
  class When_nothing_more_can_be_written {
    @Test
    void who_sends_is_told_and_what_was_sent_before_is_read_by_the_next_process()
        throws IOException, InterruptedException {
      var said = TightSpot.run(file());
      kill();

      assertThat(said.refused()).isPositive();
      assertThat(Files.readString(file())).endsWith("\n");
      assertThat(folder.resolve("queues.jsonl.unreadable")).doesNotExist();
      var bodies = new ArrayList<String>();
      for (var messages = receive(); !messages.isEmpty(); messages = receive()) {
        messages.forEach(message -> bodies.add(message.body()));
      }
      assertThat(bodies).containsAll(said.sent()).doesNotHaveDuplicates();
    }

    @Test
    void deleting_and_giving_back_go_on() throws IOException, InterruptedException {
      assertThat(TightSpot.run(file()).handled()).isPositive();
    }
  }

  @Test
  void the_file_does_not_grow_with_what_is_gone() throws IOException {
    send("kept", 3600 / 4);
    for (int i = 0; i < 11_000; i++) {
      send("gone", 0);
      var message = receive().getFirst();
      sqs.deleteMessage(r -> r.queueUrl(url()).receiptHandle(message.receiptHandle()));
    }

    assertThat(Files.readAllLines(file())).hasSizeBetween(1, 11_000);
    kill();
    assertThat(Files.readAllLines(file())).hasSize(1);
  }

  @Test
  void a_file_that_is_something_else_is_refused_and_left_alone() throws IOException {
    Files.writeString(file(), "something else\n");

    assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
    assertThat(file()).hasContent("something else\n");
  }

  @Test
  void what_happens_after_closing_is_not_kept() {
    send("a", 0);
    sqs.close();
    send("b", 0);
    kill();

    assertThat(receive()).extracting(Message::body).containsExactly("a");
  }

  private static byte[] failed() {
    return "nonsense".getBytes(UTF_8);
  }

  /// Opens other queues over the same file, as the next process does.
  private void kill() {
    sqs = open();
  }

  private VirtualSqs open() {
    return open(file());
  }

  private VirtualSqs open(Path file) {
    return VirtualSqs.in(
        file,
        clock,
        List.of(
            new QueueSpec("jobs", VISIBILITY, 2, "dead"),
            new QueueSpec("dead", VISIBILITY, 1, null)));
  }

  private Path file() {
    return folder.resolve("queues.jsonl");
  }

  private String url() {
    return sqs.url("jobs");
  }

  private void send(String body, int delay) {
    sqs.sendMessage(r -> r.queueUrl(url()).messageBody(body).delaySeconds(delay));
  }

  private List<Message> receive() {
    return sqs.receiveMessage(
            r -> r.queueUrl(url()).maxNumberOfMessages(10).messageAttributeNames("All"))
        .messages();
  }
}
