package dev.rollcall.local;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;

/// Takes the bodies of requests. Slow ones are given up, and large ones wait for each other, so
/// that nobody can fill the memory. Thread-safe.
final class Intake {
  /// What the gateway's event can carry, once it is base64: larger bodies get 413 there before any
  /// function runs.
  static final int BODY_LIMIT = 4_500_000;

  /// What SES takes.
  private static final int MAIL_LIMIT = 40_000_000;

  /// How long a body may take to arrive, and a connection may say nothing.
  static final Duration LONGEST = Duration.ofSeconds(20);

  /// A body of up to so many bytes waits for no other.
  private static final int SMALL = 16 * 1024;

  /// The bytes of all larger bodies at a time, from their arrival to their answer. A call needs
  /// several times the memory of its body.
  private final Semaphore room;

  private static final Arrived TOO_LONG = new Arrived.Refused(Answer.text(413, "Request Too Long"));

  private final int limit;
  private final Duration longest;

  private Intake(int limit, int atATime, Duration longest) {
    this.limit = limit;
    this.longest = longest;
    room = new Semaphore(atATime * limit, true);
  }

  /// @param longest how long a body may take
  static Intake ofRequests(Duration longest) {
    return new Intake(BODY_LIMIT, 2, longest);
  }

  /// One mail at a time.
  static Intake ofMails() {
    return new Intake(MAIL_LIMIT, 1, LONGEST);
  }

  /// A body that has come, or what is answered instead.
  private sealed interface Arrived {
    /// @param taken what it has of the room
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    record Whole(byte[] body, int taken) implements Arrived {}

    record Refused(Answer answer) implements Arrived {}
  }

  /// Has `use` answer the request, once its body has arrived.
  ///
  /// @throws IOException when whoever sends it is gone
  Answer take(Request request, Function<byte[], Answer> use) throws IOException {
    var deadline = new Deadline(System.nanoTime() + longest.toNanos());
    Arrived arrived;
    try {
      arrived = arrive(request.getLength(), Request.asInputStream(request), deadline);
    } catch (TimeoutException slow) {
      return Answer.json(
          408, Map.of("message", "the body took longer than " + longest.toSeconds() + " s"));
    }
    return switch (arrived) {
      case Arrived.Refused(var answer) -> answer;
      case Arrived.Whole(var body, var taken) -> {
        try {
          yield use.apply(body);
        } finally {
          room.release(taken);
        }
      }
    };
  }

  /// @param announced how long the body is to be, or -1 when that is not said
  private Arrived arrive(long announced, InputStream content, Deadline deadline)
      throws IOException, TimeoutException {
    if (announced > limit) {
      // An answer that comes before the end of the body is one that many clients do not see.
      skip(content, deadline);
      return TOO_LONG;
    }
    // Long enough for its end to be seen: of a request that is not read to its end, Jetty expects
    // more.
    var beginning = new byte[announced < 0 ? SMALL : Math.min((int) announced + 1, SMALL)];
    var length = read(content, beginning, 0, deadline);
    if (length < SMALL) {
      return new Arrived.Whole(Arrays.copyOf(beginning, length), 0);
    }
    var most = announced < 0 ? limit : (int) announced;
    return deadline.acquire(room, most)
        ? large(beginning, most, content, deadline)
        : new Arrived.Refused(
            Answer.json(503, Map.of("message", "too many large requests at once, try again"))
                .with("retry-after", "5"));
  }

  /// @param most how long the body may be; so much of the room is taken
  private Arrived large(byte[] beginning, int most, InputStream content, Deadline deadline)
      throws IOException, TimeoutException {
    var isWhole = false;
    try {
      var body = Arrays.copyOf(beginning, most);
      var length = SMALL + read(content, body, SMALL, deadline);
      isWhole = length < most || deadline.read(content, new byte[1], 0) < 0;
      return isWhole
          ? new Arrived.Whole(length == most ? body : Arrays.copyOf(body, length), most)
          : TOO_LONG;
    } finally {
      if (!isWhole) {
        room.release(most);
      }
    }
  }

  private void skip(InputStream content, Deadline deadline) throws IOException, TimeoutException {
    var dropped = new byte[SMALL];
    for (int length = 0, read = 0; length <= limit && read >= 0; length += read) {
      read = deadline.read(content, dropped, 0);
    }
  }

  /// Fills `bytes` from `from` on, as far as there is something.
  ///
  /// @return how much there was
  private static int read(InputStream content, byte[] bytes, int from, Deadline deadline)
      throws IOException, TimeoutException {
    var at = from;
    for (int read = 0; at < bytes.length && read >= 0; at += Math.max(read, 0)) {
      read = deadline.read(content, bytes, at);
    }
    return at - from;
  }

  /// @param end by the machine's running time, in nanoseconds
  private record Deadline(long end) {
    int read(InputStream content, byte[] bytes, int from) throws IOException, TimeoutException {
      while (true) {
        try {
          var read = content.read(bytes, from, bytes.length - from);
          if (read >= 0 && isOver()) {
            throw new TimeoutException();
          }
          return read;
        } catch (IOException failure) {
          if (!(failure.getCause() instanceof TimeoutException silence)) {
            throw failure;
          }
          // While the service ends, Jetty calls a second of silence too long.
          if (isOver()) {
            throw silence;
          }
        }
      }
    }

    private boolean isOver() {
      return end - System.nanoTime() < 0;
    }

    boolean acquire(Semaphore room, int bytes) {
      try {
        return room.tryAcquire(bytes, end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
