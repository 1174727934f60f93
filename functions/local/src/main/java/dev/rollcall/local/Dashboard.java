package dev.rollcall.local;

import dev.rollcall.local.command.Data;
import dev.rollcall.local.command.NoData;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.exception.SdkException;

/// `./rollcall dashboard`: shows the dashboard of an API elsewhere, of a stack without a site above
/// all. It has no key of its own; the page asks for one, and it stays in the browser.
public final class Dashboard implements AutoCloseable {
  /// The one that needs no key.
  private static final String STATUS = "/api/v3/status/";

  private final Front front;

  private Dashboard(Front front) {
    this.front = front;
  }

  public static void main(String[] arguments) throws InterruptedException {
    DashboardOptions options;
    try {
      options = DashboardOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println("rollcall dashboard: " + wrong.getMessage());
      System.err.print(DashboardOptions.USAGE);
      System.exit(2);
      return;
    }
    Dashboard dashboard;
    URI api;
    try {
      api = api(options.source());
      dashboard = start(api, options.port());
    } catch (NoData | CannotStart | SdkException reason) {
      System.err.println("rollcall dashboard: " + reason.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(dashboard::close, "shutdown"));
    System.out.println("The dashboard of %s is at %s".formatted(api, dashboard.url()));
    new CountDownLatch(1).await();
  }

  private static URI api(DashboardOptions.Source source) {
    return switch (source) {
      case DashboardOptions.Source.Address(var api) -> api;
      case DashboardOptions.Source.Stack(var place) -> {
        try (var data = Data.open(place)) {
          if (data.site() == null) {
            throw new CannotStart(
                "the stack %s has no output Site; its first deployment may not have ended"
                    .formatted(place.name()),
                null);
          }
          yield DashboardOptions.address(data.site());
        }
      }
    };
  }

  /// Listens on the loopback interface, once the API has answered.
  ///
  /// @throws CannotStart when it does not, or the port is in use
  static Dashboard start(URI api, int port) {
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

  String url() {
    return "http://localhost:" + front.port();
  }

  @Override
  public void close() {
    front.close();
  }
}
