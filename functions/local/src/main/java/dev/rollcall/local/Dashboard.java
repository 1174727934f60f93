package dev.rollcall.local;

import java.net.URI;
import java.util.Map;

/// The dashboard of an API elsewhere, served on this machine. It has no key of its own; the page
/// asks for one, and it stays in the browser.
public final class Dashboard implements AutoCloseable {
  /// The one that needs no key.
  private static final String STATUS = "/api/v3/status/";

  private final Front front;

  private Dashboard(Front front) {
    this.front = front;
  }

  /// Listens on the loopback interface, once the API has answered.
  ///
  /// @throws CannotStart when it does not, or the port is in use
  public static Dashboard start(URI api, int port) {
    var relay = new Relay(api);
    var answer = relay.send("GET", STATUS, Map.of(), new byte[0]);
    if (answer.status() != 200) {
      throw new CannotStart(
          "%s does not answer as Rollcall's API does, but with status %d: see that it is the stack's output Site, and that its alarms are quiet"
              .formatted(api, answer.status()),
          null);
    }
    return new Dashboard(Front.start(port, new DashboardRoutes(relay, new StaticSite())));
  }

  public String url() {
    return "http://localhost:" + front.port();
  }

  @Override
  public void close() {
    front.close();
  }
}
