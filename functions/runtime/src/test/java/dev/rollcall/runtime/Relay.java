package dev.rollcall.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// A loopback port that passes everything on to another. It counts connections, and can refuse
/// them.
final class Relay implements AutoCloseable {
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = new HashSet<>();
  private int accepted;
  private boolean cut;

  /// @param target the port that it passes things on to
  Relay(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// How many connections there have been so far.
  synchronized int accepted() {
    return accepted;
  }

  /// From now on, connections end as soon as they are made.
  synchronized void cut() {
    cut = true;
  }

  synchronized void mend() {
    cut = false;
  }

  /// Waits until no connection is open.
  ///
  /// @return whether that was so in time
  synchronized boolean awaitNoneOpen() throws InterruptedException {
    var end = System.nanoTime() + PATIENCE;
    while (!open.isEmpty() && System.nanoTime() < end) {
      wait(100);
    }
    return open.isEmpty();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> relay(client));
      }
    } catch (IOException closed) {
      // The end of it.
    }
  }

  private void relay(Socket client) {
    try (client) {
      if (!opened(client)) {
        return;
      }
      try (var far = new Socket(InetAddress.getLoopbackAddress(), target)) {
        var back = Thread.ofVirtual().start(() -> pass(far, client));
        pass(client, far);
        back.join();
      }
    } catch (IOException | InterruptedException broken) {
      // As connections do; the other side sees it.
    } finally {
      forget(client);
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // One end has gone. So does the other.
    }
    try {
      to.shutdownOutput();
    } catch (IOException gone) {
      // As it should be.
    }
  }

  private synchronized boolean opened(Socket client) {
    if (cut) {
      return false;
    }
    accepted++;
    return open.add(client);
  }

  private synchronized void forget(Socket client) {
    open.remove(client);
    notifyAll();
  }
}
