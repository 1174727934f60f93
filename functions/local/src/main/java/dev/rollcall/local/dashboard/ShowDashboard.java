package dev.rollcall.local.dashboard;

import dev.rollcall.local.CannotStart;
import dev.rollcall.local.Dashboard;
import dev.rollcall.local.command.Data;
import dev.rollcall.local.command.NoData;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.exception.SdkException;

/// `./rollcall dashboard`: shows the dashboard of an API elsewhere, of a stack without a site above
/// all.
public final class ShowDashboard {
  private ShowDashboard() {}

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
      dashboard = Dashboard.start(api, options.port());
    } catch (NoData | CannotStart | IllegalStateException | SdkException reason) {
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
            throw new IllegalStateException(
                "the stack %s has no output Site; its first deployment may not have ended"
                    .formatted(place.name()));
          }
          yield DashboardOptions.address(data.site());
        }
      }
    };
  }
}
