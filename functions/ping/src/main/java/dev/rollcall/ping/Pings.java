package dev.rollcall.ping;

import dev.rollcall.core.check.Arrival;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Retention;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Backlog;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.edge.http.Pages;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Counted;
import dev.rollcall.store.HeardMail;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Saved;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes a ping: counts it, logs it, and passes on what follows from it.
final class Pings {

  /// Beyond this the reference answers 400; larger bodies are no use to anybody.
  static final int BODY_ACCEPTED = 2_621_440;

  /// What the reference has room for, as it came.
  private static final Pattern SCHEME = Pattern.compile("[!-~]{1,10}");

  private final CheckStore checks;
  private final CheckCatalog catalog;
  private final LogStore log;
  private final HeardMail heardMail;
  private final InboxStore inbox;
  private final Slugs slugs;
  private final Hints hints;
  private final Gate gate;
  private final Letters letters;
  private final PingAnswers answers;
  private final int bodyLimit;

  Pings(
      CheckStore checks,
      CheckCatalog catalog,
      LogStore log,
      HeardMail heardMail,
      InboxStore inbox,
      Slugs slugs,
      Hints hints,
      Gate gate,
      Letters letters,
      int bodyLimit) {
    this.checks = checks;
    this.catalog = catalog;
    this.log = log;
    this.heardMail = heardMail;
    this.inbox = inbox;
    this.slugs = slugs;
    this.hints = hints;
    this.gate = gate;
    this.letters = letters;
    this.answers = new PingAnswers(bodyLimit);
    this.bodyLimit = bodyLimit;
  }

  HttpResponse accepted() {
    return answers.ok();
  }

  /// Takes a ping. Safe to call again with the same request.
  ///
  /// A ping that finds a deadline missed while others wait that may have met it does not overtake
  /// them: it has to wait as well.
  ///
  /// Whoever is not found is only said not to be there when this release can read the data.
  ///
  /// @throws RuntimeException when the tables do not answer or hold what this release cannot read.
  ///   Parts of the ping may have been stored then; taking it again completes them
  HttpResponse take(HttpRequest request, Instant arrivedAt) {
    return take(request, arrivedAt, new Backlog(inbox));
  }

  /// Takes a ping whose turn it is among those that wait.
  HttpResponse takeInTurn(HttpRequest request, Instant arrivedAt) {
    return take(request, arrivedAt, null);
  }

  private HttpResponse take(HttpRequest request, Instant arrivedAt, @Nullable Backlog backlog) {
    return MailPing.isMail(request)
        ? takeMail(request, arrivedAt, backlog)
        : takeRequest(request, arrivedAt, backlog);
  }

  /// Takes a mail unless it was heard before, which its check may not know any more.
  private HttpResponse takeMail(HttpRequest mail, Instant arrivedAt, @Nullable Backlog backlog) {
    if (heardMail.contains(mail.id())) {
      return answers.ok();
    }
    var answer = takeRequest(mail, arrivedAt, backlog);
    if (answer.status() < 300) {
      heardMail.add(mail.id(), arrivedAt);
    }
    return answer;
  }

  private HttpResponse takeRequest(
      HttpRequest request, Instant arrivedAt, @Nullable Backlog backlog) {
    var parsed = PingUrl.parse(request.path());
    if (parsed.isEmpty()) {
      return Pages.NOT_FOUND;
    }
    if (request.body().size() > BODY_ACCEPTED) {
      return Pages.TOO_LARGE;
    }
    var answer =
        take(new Coming(request, parsed.get(), arrivedAt.truncatedTo(ChronoUnit.MICROS), backlog));
    if (answer.status() == 404 && gate.fit() == Fit.UNREADABLE) {
      throw new NotReadable("nobody found in data that this release cannot read");
    }
    return answer;
  }

  /// A ping whose address was understood.
  ///
  /// @param backlog what it may not overtake; null when it is its turn
  private record Coming(HttpRequest request, PingUrl url, Instant now, @Nullable Backlog backlog) {}

  private HttpResponse take(Coming ping) {
    return switch (ping.url().target()) {
      case PingUrl.Target.ById(var id) -> take(ping, id, answers.ok());
      case PingUrl.Target.BySlug bySlug -> {
        if (!bySlug.isValid()) {
          yield PingAnswers.invalidUrl();
        }
        if (!bySlug.isPossible()) {
          yield PingAnswers.notFound();
        }
        yield switch (slugs.find(
            bySlug.pingKey(), bySlug.slug(), mayCreate(ping.request()), ping.now())) {
          case Slugs.Found.One(var id) -> take(ping, id, answers.ok());
          case Slugs.Found.Created(var id) -> take(ping, id, answers.created());
          case Slugs.Found.Several() -> PingAnswers.ambiguousSlug();
          case Slugs.Found.None() -> PingAnswers.notFound();
        };
      }
    };
  }

  private HttpResponse take(Coming ping, CheckId id, HttpResponse answer) {
    var rid = ping.request().parameter("rid");
    var run = rid.flatMap(PingUrl::runId);
    Signal asked;
    try {
      asked = ping.url().signal(run.orElse(null));
    } catch (ArithmeticException beyond) {
      return checks.find(id).isPresent() ? PingAnswers.invalidUrl() : PingAnswers.notFound();
    }
    if (rid.isPresent() && run.isEmpty()) {
      return checks.find(id).isPresent() ? PingAnswers.invalidRun() : PingAnswers.notFound();
    }
    var arrival = new Arrived(ping, asked);
    return asked instanceof Signal.Success && !MailPing.isMail(ping.request())
        ? takeSuccess(arrival, id, answer)
        : checks
            .find(id)
            .map(item -> takeWith(arrival, item, answer))
            .orElseGet(PingAnswers::notFound);
  }

  /// A ping with what its address says, on its way through this class.
  private record Arrived(Coming ping, Signal asked) {
    HttpRequest request() {
      return ping.request();
    }

    Instant now() {
      return ping.now();
    }

    Step inTurn(Step step) {
      if (ping.backlog() != null && ping.backlog().mayDeny(step)) {
        throw new OutOfTurn();
      }
      return step;
    }
  }

  private HttpResponse takeSuccess(Arrived arrived, CheckId id, HttpResponse answer) {
    return switch (checks.countSuccess(id, arrived.now(), arrived.request().id())) {
      case Counted.Healthy(var number, var keep) -> {
        log.append(entry(arrived, id, number, arrived.asked(), null), keep);
        yield answer;
      }
      case Counted.Undecided(var item) -> takeWith(arrived, item, answer);
      case Counted.Unknown() -> PingAnswers.notFound();
    };
  }

  private HttpResponse takeWith(Arrived arrived, CheckItem item, HttpResponse answer) {
    var request = arrived.request();
    var filters = filters(request, item.check());
    // More than is kept, so that it can begin with a line.
    var mail =
        MailPing.isMail(request) ? MailPing.read(request, filters, letters, 2 * bodyLimit) : null;
    var arrival =
        mail == null
            ? new Arrival.Web(arrived.asked(), request.method(), request.body().text())
            : new Arrival.Mail(mail.subject(), mail.found()::contains);
    var meant = new AtomicReference<>(item.check().understand(arrival, filters));
    var saved =
        checks.save(
            item,
            request.id(),
            arrived.now(),
            check -> {
              meant.set(check.understand(arrival, filters));
              return arrived.inTurn(check.hear(meant.get(), arrived.now()));
            });
    return switch (saved) {
      case Saved.Done done -> {
        var check = done.item().check();
        log.append(
            entry(arrived, check.id(), check.pings(), meant.get(), mail),
            Retention.of(check.schedule()));
        hints.after(done, arrived.now());
        yield answer;
      }
      case Saved.Gone() -> PingAnswers.notFound();
    };
  }

  private Filters filters(HttpRequest request, Check check) {
    return check.rules().filterBody() || MailPing.isMail(request)
        ? catalog.filters(check.id())
        : Filters.NONE;
  }

  private Ping entry(
      Arrived arrived, CheckId id, long number, Signal signal, Letters.@Nullable Said mail) {
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
        arrived.ping().url().exitStatus(),
        source,
        Body.cut(request.body().bytes(), bodyLimit),
        mail == null ? null : said(mail));
  }

  private Ping.@Nullable Mail said(Letters.Said mail) {
    return mail.subject().isEmpty() && mail.text().isEmpty()
        ? null
        : Ping.Mail.of(mail.subject(), mail.text(), mail.isWhole(), bodyLimit);
  }

  private static boolean mayCreate(HttpRequest request) {
    return request.parameter("create").filter("1"::equals).isPresent();
  }

  private static String scheme(HttpRequest request) {
    return request
        .header("x-forwarded-proto")
        .filter(scheme -> SCHEME.matcher(scheme).matches())
        .orElse("http");
  }
}
