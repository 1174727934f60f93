package dev.rollcall.local;

import dev.rollcall.local.disk.DiskTrouble;
import dev.rollcall.sweep.Unfinished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.awssdk.core.exception.SdkException;

/// Who answers a request: a function, the control API, or the dashboard's files.
final class Routes extends Handler.Abstract {
  private static final Logger LOG = System.getLogger(Routes.class.getName());

  private static final List<String> API = List.of("/api/", "/badge/", "/b/", "/projects/");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  /// How many calls of functions run at a time: each has its own memory, and the heap is small.
  private static final int MOST_CALLS = 64;

  private final Intake requests = Intake.ofRequests(Intake.LONGEST);
  private final Intake mails = Intake.ofMails();
  private final Semaphore calls = new Semaphore(MOST_CALLS, true);
  private final Gateway ping;
  private final Gateway api;
  private final Control control;
  private final StaticSite site;

  Routes(Gateway ping, Gateway api, Control control, StaticSite site) {
    this.ping = ping;
    this.api = api;
    this.control = control;
    this.site = site;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    answer(request).send(request, response, callback);
    return true;
  }

  private Answer answer(Request request) throws IOException {
    var path = request.getHttpURI().getPath() == null ? "/" : request.getHttpURI().getPath();
    var isControl = path.startsWith("/_local/");
    if (isControl) {
      var objection = LocalCallers.objection(request);
      if (objection.isPresent()) {
        return Answer.problem(403, objection.get());
      }
    }
    var intake = path.equals("/_local/mail") ? mails : requests;
    try {
      return intake.take(
          request,
          body -> isControl ? control(request, path, body) : function(request, path, body));
    } catch (RuntimeException failure) {
      return failed(failure);
    }
  }

  private Answer control(Request request, String path, byte[] body) {
    var query = request.getHttpURI().getQuery();
    return control.answer(
        request.getMethod(), path.substring("/_local".length()), query == null ? "" : query, body);
  }

  private Answer function(Request request, String path, byte[] body) {
    if (path.startsWith("/ping/")) {
      return inTurn(() -> ping.call(request, body));
    }
    return file(request, path).orElseGet(() -> inTurn(() -> api.call(request, body)));
  }

  private Optional<Answer> file(Request request, String path) {
    return READING.contains(request.getMethod()) && API.stream().noneMatch(path::startsWith)
        ? site.file(path)
        : Optional.empty();
  }

  private Answer inTurn(Supplier<Answer> call) {
    calls.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      calls.release();
    }
  }

  /// A disk that is full, or fails, is not for ever; whatever else fails is an error of ours.
  private static Answer failed(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException broken) {
        return unavailable(DiskTrouble.of(broken));
      }
      if (cause instanceof SdkException broken) {
        return unavailable(String.valueOf(broken.getMessage()));
      }
      if (cause instanceof Unfinished left) {
        return unavailable(String.valueOf(left.getMessage()));
      }
    }
    LOG.log(Level.ERROR, "a function failed", failure);
    return Answer.json(500, Map.of("message", "Internal Server Error"));
  }

  private static Answer unavailable(String reason) {
    LOG.log(Level.WARNING, "cannot read or write data: {0}", reason);
    return Answer.problem(503, "data cannot be read or written now: " + reason)
        .with("retry-after", "5");
  }
}
