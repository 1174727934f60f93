package dev.rollcall.local;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The one HTTP address of the local service: what CloudFront and API Gateway are in the cloud.
final class Front implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Front.class.getName());

  /// What the gateway's event can carry, once it is base64: larger bodies get 413 there before any
  /// function runs.
  private static final int BODY_LIMIT = 4_500_000;

  /// What SES takes.
  private static final int MAIL_LIMIT = 40_000_000;

  private static final List<String> API = List.of("/api/", "/badge/", "/b/", "/projects/");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Server server;
  private final ServerConnector connector;

  private Front(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Listens on the loopback interface.
  static Front start(int port, Gateway ping, Gateway api, Control control, StaticSite site) {
    var threads = new QueuedThreadPool(64, 4);
    threads.setName("http");
    threads.setDaemon(true);
    var server = new Server(threads);
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setHttpCompliance(HttpCompliance.RFC7230_LEGACY);
    configuration.setRequestHeaderSize(32 * 1024);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost("localhost");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(new Routes(ping, api, control, site));
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

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failure) {
      LOG.log(Level.WARNING, "the HTTP server did not stop cleanly", failure);
    }
  }

  private static final class Routes extends Handler.Abstract {
    private final Gateway ping;
    private final Gateway api;
    private final Control control;
    private final StaticSite site;

    private Routes(Gateway ping, Gateway api, Control control, StaticSite site) {
      this.ping = ping;
      this.api = api;
      this.control = control;
      this.site = site;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      var answer = answer(request);
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      response.getHeaders().put("content-length", answer.body().length);
      var body = request.getMethod().equals("HEAD") ? new byte[0] : answer.body();
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }

    private Answer answer(Request request) throws IOException {
      var path = request.getHttpURI().getPath() == null ? "/" : request.getHttpURI().getPath();
      var limit = path.equals("/_local/mail") ? MAIL_LIMIT : BODY_LIMIT;
      byte[] body;
      try (InputStream content = Request.asInputStream(request)) {
        body = content.readNBytes(limit + 1);
      }
      if (body.length > limit) {
        return Answer.text(413, "Request Too Long");
      }
      try {
        if (path.startsWith("/ping/")) {
          return ping.call(request, body);
        }
        if (path.startsWith("/_local/")) {
          var query = request.getHttpURI().getQuery();
          return control.answer(
              request.getMethod(),
              path.substring("/_local".length()),
              query == null ? "" : query,
              body);
        }
        if (READING.contains(request.getMethod()) && API.stream().noneMatch(path::startsWith)) {
          var file = site.file(path);
          if (file.isPresent()) {
            return file.get();
          }
        }
        return api.call(request, body);
      } catch (RuntimeException failure) {
        LOG.log(Level.ERROR, "a function failed", failure);
        return Answer.json(500, java.util.Map.of("message", "Internal Server Error"));
      }
    }
  }
}
