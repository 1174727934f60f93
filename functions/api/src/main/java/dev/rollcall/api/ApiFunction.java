package dev.rollcall.api;

import dev.rollcall.edge.Priming;
import java.util.List;
import java.util.Map;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/// The Lambda function: starts Spring with [ApiWiring] and nothing else.
public final class ApiFunction extends FunctionInvoker {

  private static final Map<String, String> NOBODY =
      Map.of("x-api-key", "0".repeat(32), "accept-encoding", "gzip");

  static {
    // How the adapter is told where to start. It is read in the constructor of FunctionInvoker.
    System.setProperty("MAIN_CLASS", ApiWiring.class.getName());
  }

  /// Requests that change nothing: the key is nobody's, real ones being random.
  private static final List<Priming.Request> HARMLESS =
      List.of(
          new Priming.Request("GET", "/api/v3/status/", Map.of(), "", 200),
          new Priming.Request("GET", "/api/v3/checks/", NOBODY, "", 401),
          new Priming.Request("POST", "/api/v3/checks/", NOBODY, "{\"name\": \"\"}", 401),
          new Priming.Request(
              "POST",
              "/api/rollcall/v1/schedules/preview",
              Map.of(),
              "{\"schedule\": \"0 4 * * 1-5\", \"tz\": \"Europe/Berlin\"}",
              200));

  @SuppressWarnings("unused") // kept, or it would be collected before it is called
  private final Priming priming;

  public ApiFunction() {
    super(ApiWiring.FUNCTION);
    priming = Priming.of((event, answer) -> handleRequest(event, answer, null), HARMLESS);
  }
}
