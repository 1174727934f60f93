package dev.rollcall.local;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The one HTTP address of the local service: what CloudFront and API Gateway are in the cloud.
/// Each request has a virtual thread, so that those who are slow take nothing from others.
final class Front implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Front.class.getName());

  /// How long requests that are under way have to end when the service does.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Server server;
  private final ServerConnector connector;

  private Front(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Listens on the loopback interface.
  ///
  /// @param routes who answers
  static Front start(int port, Handler routes) {
    var threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
    var server = new Server(threads);
    server.setStopTimeout(GRACE.toMillis());
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setHttpCompliance(HttpCompliance.RFC7230_LEGACY);
    configuration.setRequestHeaderSize(32 * 1024);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost("localhost");
    connector.setPort(port);
    connector.setIdleTimeout(Intake.LONGEST.toMillis());
    server.addConnector(connector);
    server.setHandler(new GracefulHandler(routes));
    try {
      server.start();
    } catch (Exception failure) {
      throw new CannotStart(
          failure.getCause() instanceof BindException
              ? "port " + port + " is in use; --port takes another"
              : "cannot listen on port " + port,
          failure);
    }
    return new Front(server, connector);
  }

  int port() {
    return connector.getLocalPort();
  }

  /// Takes no more requests, and waits for those under way, though not for ever.
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failure) {
      LOG.log(Level.WARNING, "requests under way were cut off: {0}", failure.getMessage());
    }
  }
}
