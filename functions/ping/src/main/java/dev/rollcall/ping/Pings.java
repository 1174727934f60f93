package dev.rollcall.ping;

import dev.rollcall.core.check.Arrival;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Retention;
import dev.rollcall.core.check.Signal;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.edge.http.Pages;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Counted;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Saved;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes a ping: counts it, logs it, and passes on what follows from it.
final class Pings {

  /// Beyond this the reference answers 400; larger bodies are no use to anybody.
  private static final int BODY_ACCEPTED = 2_621_440;

  private static final Pattern SCHEME = Pattern.compile("[a-z]{1,10}");

  private final CheckStore checks;
  private final CheckCatalog catalog;
  private final LogStore log;
  private final Slugs slugs;
  private final Hints hints;
  private final PingAnswers answers;
  private final int bodyLimit;

  Pings(
      CheckStore checks,
      CheckCatalog catalog,
      LogStore log,
      Slugs slugs,
      Hints hints,
      int bodyLimit) {
    this.checks = checks;
    this.catalog = catalog;
    this.log = log;
    this.slugs = slugs;
    this.hints = hints;
    this.answers = new PingAnswers(bodyLimit);
    this.bodyLimit = bodyLimit;
  }

  HttpResponse accepted() {
    return answers.ok();
  }

  /// Takes a ping that arrived at `now`. Safe to call again with the same request.
  ///
  /// @throws RuntimeException when the tables do not answer or hold what this release cannot read.
  ///   Parts of the ping may have been stored then; taking it again completes them
  HttpResponse take(HttpRequest request, Instant arrivedAt) {
    var parsed = PingUrl.parse(request.path());
    if (parsed.isEmpty()) {
      return Pages.NOT_FOUND;
    }
    if (request.body().size() > BODY_ACCEPTED) {
      return Pages.TOO_LARGE;
    }
    var now = arrivedAt.truncatedTo(ChronoUnit.MICROS);
    var url = parsed.get();
    return switch (url.target()) {
      case PingUrl.Target.ById(var id) -> take(request, url, id, answers.ok(), now);
      case PingUrl.Target.BySlug bySlug -> {
        if (!bySlug.isValid()) {
          yield PingAnswers.invalidUrl();
        }
        if (!bySlug.isPossible()) {
          yield PingAnswers.notFound();
        }
        yield switch (slugs.find(bySlug.pingKey(), bySlug.slug(), mayCreate(request), now)) {
          case Slugs.Found.One(var id) -> take(request, url, id, answers.ok(), now);
          case Slugs.Found.Created(var id) -> take(request, url, id, answers.created(), now);
          case Slugs.Found.Several() -> PingAnswers.ambiguousSlug();
          case Slugs.Found.None() -> PingAnswers.notFound();
        };
      }
    };
  }

  private HttpResponse take(
      HttpRequest request, PingUrl url, CheckId id, HttpResponse answer, Instant now) {
    var rid = request.parameter("rid");
    var run = rid.flatMap(PingUrl::runId);
    Signal asked;
    try {
      asked = url.signal(run.orElse(null));
    } catch (ArithmeticException beyond) {
      return checks.find(id).isPresent() ? PingAnswers.invalidUrl() : PingAnswers.notFound();
    }
    if (rid.isPresent() && run.isEmpty()) {
      return checks.find(id).isPresent() ? PingAnswers.invalidRun() : PingAnswers.notFound();
    }
    var arrival = new Arrived(request, url.exitStatus(), asked, now);
    return asked instanceof Signal.Success
        ? takeSuccess(arrival, id, answer)
        : checks
            .find(id)
            .map(item -> takeWith(arrival, item, answer))
            .orElseGet(PingAnswers::notFound);
  }

  /// A ping with what its address says, on its way through this class.
  private record Arrived(
      HttpRequest request, @Nullable Integer exitStatus, Signal asked, Instant now) {}

  private HttpResponse takeSuccess(Arrived arrived, CheckId id, HttpResponse answer) {
    return switch (checks.countSuccess(id, arrived.now(), arrived.request().id())) {
      case Counted.Healthy(var number, var keep) -> {
        log.append(entry(arrived, id, number, arrived.asked()), keep);
        yield answer;
      }
      case Counted.Undecided(var item) -> takeWith(arrived, item, answer);
      case Counted.Unknown() -> PingAnswers.notFound();
    };
  }

  private HttpResponse takeWith(Arrived arrived, CheckItem item, HttpResponse answer) {
    var request = arrived.request();
    var keywords = keywords(item.check());
    var arrival = new Arrival(arrived.asked(), request.method(), request.body().text());
    var meant = new AtomicReference<>(item.check().understand(arrival, keywords));
    var saved =
        checks.save(
            item,
            request.id(),
            arrived.now(),
            check -> {
              meant.set(check.understand(arrival, keywords));
              return check.hear(meant.get(), arrived.now());
            });
    return switch (saved) {
      case Saved.Done done -> {
        var check = done.item().check();
        log.append(
            entry(arrived, check.id(), check.pings(), meant.get()), Retention.of(check.schedule()));
        hints.after(done, arrived.now());
        yield answer;
      }
      case Saved.Gone() -> PingAnswers.notFound();
    };
  }

  private Keywords keywords(Check check) {
    return check.rules().filterBody()
        ? catalog.details(check.id()).map(details -> details.keywords()).orElse(Keywords.NONE)
        : Keywords.NONE;
  }

  private Ping entry(Arrived arrived, CheckId id, long number, Signal signal) {
    var request = arrived.request();
    var source =
        new Ping.Source(
            scheme(request),
            request.address().isEmpty() ? null : request.address(),
            request.method(),
            request.header("user-agent").orElse(""));
    return new Ping(
        id,
        number,
        arrived.now(),
        signal,
        arrived.exitStatus(),
        source,
        Body.cut(request.body().bytes(), bodyLimit));
  }

  private static boolean mayCreate(HttpRequest request) {
    return request.parameter("create").filter("1"::equals).isPresent();
  }

  private static String scheme(HttpRequest request) {
    return request
        .header("x-forwarded-proto")
        .map(scheme -> scheme.toLowerCase(Locale.ROOT))
        .filter(scheme -> SCHEME.matcher(scheme).matches())
        .orElse("http");
  }
}
