package dev.rollcall.local;

import dev.rollcall.core.zone.Zones;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// `./rollcall local`: starts the service, says where it listens, and stops it when asked to.
public final class Local {
  private Local() {}

  public static void main(String[] arguments) throws InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println("rollcall local: " + wrong.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    Service service;
    try {
      service = Service.start(options);
    } catch (CannotStart reason) {
      System.err.println("rollcall local: " + reason.getMessage());
      System.exit(1);
      return;
    } catch (RuntimeException | Error unexpected) {
      // Threads that serve the tables are running by now, and would keep the process.
      System.err.println("rollcall local: cannot start: " + unexpected);
      unexpected.printStackTrace();
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
    System.out.println(
        "Rollcall is listening on %s (time zone data %s)".formatted(service.url(), Zones.data()));
    new CountDownLatch(1).await();
  }
}
