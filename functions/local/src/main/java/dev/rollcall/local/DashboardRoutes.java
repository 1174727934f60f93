package dev.rollcall.local;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The dashboard's files, and an API elsewhere beside them: what CloudFront is to a stack.
final class DashboardRoutes extends Handler.Abstract {
  private static final List<String> ELSEWHERE =
      List.of("/api/", "/badge/", "/b/", "/ping/", "/projects/");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Intake requests = Intake.ofRequests(Intake.LONGEST);
  private final Relay relay;
  private final StaticSite site;

  DashboardRoutes(Relay relay, StaticSite site) {
    this.relay = relay;
    this.site = site;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    requests.take(request, body -> answer(request, body)).send(request, response, callback);
    return true;
  }

  private Answer answer(Request request, byte[] body) {
    var given = request.getHttpURI().getPath();
    var path = given == null ? "/" : given;
    if (ELSEWHERE.stream().anyMatch(path::startsWith)) {
      return relay.pass(request, body);
    }
    var file = READING.contains(request.getMethod()) ? site.file(path) : Optional.<Answer>empty();
    return file.orElseGet(() -> Answer.problem(404, "not found"));
  }
}
