package dev.rollcall.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A receiver on the loopback address that writes what it is told to, HTTP or not, to whoever
/// connects; and then waits until the other side hangs up.
final class RawReceiver implements AutoCloseable {
  private final ServerSocket server;
  private final Deque<Script> scripts = new ConcurrentLinkedDeque<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  /// What is written to one connection.
  @FunctionalInterface
  interface Script {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  RawReceiver() {
    try {
      server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Thread.startVirtualThread(this::accept);
  }

  /// The next connection gets `text`, one byte for each character.
  RawReceiver then(String text) {
    return then(out -> out.write(text.getBytes(ISO_8859_1)));
  }

  /// The next connection gets `head`, and `part` without an end.
  RawReceiver thenForever(String head, String part) {
    var many = part.repeat(1 + 8192 / part.length()).getBytes(ISO_8859_1);
    return then(out -> {
      out.write(head.getBytes(ISO_8859_1));
      while (true) {
        out.write(many);
      }
    });
  }

  /// The next connection gets `head`, and then a byte again and again, slowly.
  RawReceiver thenDrip(String head) {
    return then(out -> {
      out.write(head.getBytes(ISO_8859_1));
      while (true) {
        out.write('x');
        TimeUnit.MILLISECONDS.sleep(20);
      }
    });
  }

  RawReceiver then(Script script) {
    scripts.add(script);
    return this;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/");
  }

  int port() {
    return server.getLocalPort();
  }

  /// Whether the other side has hung up on a connection, at once or after a while.
  boolean isHungUpOn() throws InterruptedException {
    return hungUp.await(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var connection = server.accept();
        Thread.startVirtualThread(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    var script = scripts.poll();
    try (connection) {
      if (script != null) {
        script.to(connection.getOutputStream());
      }
      connection.getInputStream().readAllBytes();
      hungUp.countDown();
    } catch (IOException over) {
      hungUp.countDown();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
