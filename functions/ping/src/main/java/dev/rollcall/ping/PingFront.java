package dev.rollcall.ping;

import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.edge.http.Pages;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;

/// Sees to it that a ping is taken whatever happens: by the tables, or raw by the inbox for later.
/// Only when both fail is the client asked to come again. Nothing that goes wrong is let through, a
/// bug included: what cannot be stored today may be tomorrow.
final class PingFront {
  private static final Logger LOG = System.getLogger(PingFront.class.getName());

  private final Pings pings;
  private final Inbox inbox;
  private final Metrics metrics;
  private final InstantSource clock;

  PingFront(Pings pings, Inbox inbox, Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.pings = pings;
    this.inbox = inbox;
    this.clock = clock;
  }

  HttpResponse answer(HttpRequest request) {
    return answer(request, clock.instant());
  }

  /// Answers a ping that arrived at `now`.
  HttpResponse answer(HttpRequest request, Instant now) {
    try {
      var answer = pings.take(request, now);
      if (answer.status() < 300) {
        metrics.pingTaken(kind(request));
      } else {
        metrics.pingRefused(answer.status());
      }
      return answer;
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "ping not stored: {0}", failure.getClass().getSimpleName());
      return keepForLater(request, now);
    }
  }

  private static String kind(HttpRequest request) {
    return MailPing.isMail(request)
        ? "mail"
        : PingUrl.parse(request.path()).map(url -> url.report().kind()).orElse("");
  }

  private HttpResponse keepForLater(HttpRequest request, Instant now) {
    var url = PingUrl.parse(request.path());
    if (url.isEmpty()) {
      return Pages.NOT_FOUND;
    }
    try {
      inbox.keep(request, url.get().target(), now);
      metrics.pingKept(kind(request));
      return pings.accepted();
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "ping not taken: {0}", failure.getClass().getSimpleName());
      return PingAnswers.unavailable();
    }
  }
}
