package dev.rollcall.notify;

import dev.rollcall.core.channel.Alert;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.project.Site;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.notify.SesEvent.Fate;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hears from SES what became of mails that it had taken. A channel whose mail comes back for good,
/// or is called spam, is disabled, as one that refuses at once is: an account that goes on sending
/// there loses its leave to send at all. What came back for now, or was dropped, was not delivered
/// either, and the log says so instead of that it was sent.
///
/// Everything here may come twice: it is the same then.
final class Returns {
  private static final Logger LOG = System.getLogger(Returns.class.getName());

  private final IntegrationStore integrations;
  private final LogStore log;
  private final Site site;
  private final @Nullable String configurationSet;
  private final Metrics metrics;
  private final InstantSource clock;

  /// @param configurationSet by which mail is sent here; without one, no event is ours
  Returns(
      IntegrationStore integrations,
      LogStore log,
      Site site,
      @Nullable String configurationSet,
      Metrics metrics,
      InstantSource clock) {
    this.integrations = integrations;
    this.log = log;
    this.site = site;
    this.configurationSet = configurationSet;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// @param isOver nothing more is sent there
  /// @param arrived the mail did, all the same
  private record Verdict(String reason, boolean isOver, boolean arrived) {}

  /// @param text an event of SES. Others, and those of mail that is none of ours, change nothing
  void hear(String text) {
    var event =
        SesEvent.read(text).filter(each -> each.configurationSet().equals(configurationSet));
    if (event.isEmpty()) {
      LOG.log(Level.INFO, "what came of SES is about no mail of ours");
      return;
    }
    event.get().about().ifPresent(about -> hear(event.get(), about));
  }

  private void hear(SesEvent event, Message.Deliver about) {
    var verdict = verdict(event.fate());
    if (verdict.isEmpty()) {
      return;
    }
    var found = integrations.find(about.channel());
    if (found.isEmpty() || !goesTo(found.get(), event)) {
      LOG.log(Level.INFO, "mail came back that channel {0} sends there no more", about.channel());
      return;
    }
    conclude(found.get(), about, verdict.get());
  }

  private void conclude(Integration integration, Message.Deliver about, Verdict verdict) {
    LOG.log(
        Level.WARNING,
        "mail of channel {0}: {1}{2}",
        integration.id(),
        verdict.reason(),
        verdict.isOver() ? ". The channel is disabled" : "");
    if (!verdict.arrived() && wasTold(about)) {
      log.append(
          new Notification(
              about.check(),
              about.flip(),
              about.channel(),
              clock.instant(),
              verdict.isOver() ? Notification.Outcome.REFUSED : Notification.Outcome.GAVE_UP,
              verdict.reason()));
    }
    integrations.report(integration.id(), verdict.reason(), verdict.isOver(), integration.slow());
    metrics.mailReturned();
  }

  /// Only what the log knows is written over.
  private boolean wasTold(Message.Deliver about) {
    return !about.isTest()
        && log.told(new Route(about.check(), about.channel()), about.flip()).stream()
            .anyMatch(told -> told.flip() == about.flip());
  }

  private static Optional<Verdict> verdict(Fate fate) {
    return switch (fate) {
      case Fate.Bounced(var forGood, var kind, var status) -> {
        var code = status.isEmpty() ? "" : " (" + status + ")";
        yield Optional.of(
            forGood
                ? new Verdict("mail came back: nobody takes it there" + code, true, false)
                : new Verdict("mail came back: " + trouble(kind) + code, false, false));
      }
      case Fate.Suppressed() ->
          Optional.of(
              new Verdict(
                  "the mail service sends nothing to this address, because mail to it came back or was"
                      + " called spam: it has to be taken off the suppression list first",
                  true,
                  false));
      case Fate.CalledSpam() ->
          Optional.of(new Verdict("an alert was called spam by who got it", true, true));
      case Fate.Rejected() ->
          Optional.of(
              new Verdict(
                  "the mail service took the mail for malware, and dropped it", false, false));
      case Fate.Other() -> Optional.empty();
    };
  }

  private static String trouble(String kind) {
    return switch (kind) {
      case "MailboxFull" -> "the mailbox is full";
      case "MessageTooLarge" -> "it is too large";
      case "ContentRejected", "AttachmentRejected" -> "its content is refused";
      default -> "it could not be delivered";
    };
  }

  /// Whether mail of this channel goes where this one went: its address may be another by now.
  private boolean goesTo(Integration integration, SesEvent event) {
    var any = Alert.test(integration.project(), "", site, clock.instant());
    return Telling.mail(integration, any)
        .filter(mail -> event.to().stream().anyMatch(mail.to()::equalsIgnoreCase))
        .isPresent();
  }
}
