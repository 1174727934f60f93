package dev.rollcall.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Sends requests on connections that are kept, each as soon as the one before is answered. It does
/// little by itself, because it shares the machine with what it measures.
final class Load {
  private static final int CONNECTIONS = 8;

  private Load() {}

  /// What came of it.
  ///
  /// @param bytes of the bodies, as they were sent
  record Result(long answers, long bytes, Duration taken) {
    double perSecond() {
      return answers * 1e9 / taken.toNanos();
    }

    double bytesEach() {
      return (double) bytes / answers;
    }
  }

  /// A request in HTTP/1.1.
  static byte[] request(String method, String target, String headers, String body) {
    var length = body.getBytes(StandardCharsets.UTF_8).length;
    return "%s %s HTTP/1.1\r\nhost: localhost\r\n%scontent-length: %d\r\n\r\n%s"
        .formatted(method, target, headers, length, body)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Sends the requests of the numbers from 0 on, until the time is over or there are no more.
  ///
  /// @throws IllegalStateException when one is answered by something else than 2xx
  static Result run(URI service, Duration time, long most, LongFunction<byte[]> request)
      throws InterruptedException {
    var next = new AtomicLong();
    var bytes = new AtomicLong();
    var answers = new AtomicLong();
    var start = System.nanoTime();
    var end = start + time.toNanos();
    Callable<Void> client =
        () -> {
          try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            var number = next.getAndIncrement();
            while (number < most && System.nanoTime() < end) {
              socket.getOutputStream().write(request.apply(number));
              bytes.addAndGet(answer(in));
              answers.incrementAndGet();
              number = next.getAndIncrement();
            }
            return null;
          }
        };
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var clients = new ArrayList<Callable<Void>>();
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(client);
      }
      for (var done : threads.invokeAll(clients)) {
        var _ = done.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a connection failed", failed);
    }
    return new Result(answers.get(), bytes.get(), Duration.ofNanos(System.nanoTime() - start));
  }

  /// Reads an answer.
  ///
  /// @return the length of its body
  private static int answer(InputStream in) throws IOException {
    var status = line(in);
    var length = 0;
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
    if (!status.startsWith("HTTP/1.1 2")) {
      throw new IllegalStateException("answered " + status);
    }
    return length;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder(64);
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the service hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
