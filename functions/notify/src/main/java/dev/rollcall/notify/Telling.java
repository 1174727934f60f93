package dev.rollcall.notify;

import dev.rollcall.core.channel.Alert;
import dev.rollcall.core.channel.Channel;
import dev.rollcall.core.channel.Channels;
import dev.rollcall.core.channel.Delivery;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.channel.Reading;
import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One try to tell a channel, and the record of how it ended: each flip that is told, given up or
/// not wanted has an entry in the log that says so, and why.
final class Telling {
  private final Ledger ledger;
  private final IntegrationStore integrations;
  private final Alerts alerts;
  private final Courier courier;
  private final Patience patience;
  private final Metrics metrics;
  private final InstantSource clock;

  Telling(
      Ledger ledger,
      IntegrationStore integrations,
      Alerts alerts,
      Courier courier,
      Patience patience,
      Metrics metrics,
      InstantSource clock) {
    this.ledger = ledger;
    this.integrations = integrations;
    this.alerts = alerts;
    this.courier = courier;
    this.patience = patience;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// How a try ended.
  sealed interface Told {

    /// For good: the log has it.
    record Done() implements Told {}

    /// It may go better the next time.
    ///
    /// @param asked how long the receiver asks to be left alone, or null
    record Failed(String reason, @Nullable Duration asked) implements Told {}
  }

  /// Tells a channel of flips of a check: of one, or of several in one message that counts them.
  ///
  /// @param isFirst nothing on the route was tried since it was taken over: how long that took is
  ///   measured
  Told tell(Route route, Collection<Long> flips, boolean isFirst, Briefing briefing, Crowd crowd) {
    var found = briefing.integration(route.channel());
    if (found.isEmpty()) {
      return skip(route, flips, "the channel was deleted");
    }
    var integration = found.get();
    if (integration.disabled()) {
      return skip(route, flips, "the channel is disabled");
    }
    return switch (alerts.about(route.check(), flips, briefing, clock.instant())) {
      case Alerts.Found.Nothing(var reason) -> skip(route, flips, reason);
      case Alerts.Found.Some(var alert) -> {
        if (isFirst) {
          metrics.firstTry(Duration.between(alert.flip().at(), clock.instant()));
        }
        yield tell(route, flips, integration, alert, crowd);
      }
    };
  }

  private Told tell(
      Route route, Collection<Long> flips, Integration integration, Alert alert, Crowd crowd) {
    return switch (prepare(integration, alert)) {
      case Prepared.Ready(Delivery.Nothing _, _) ->
          skip(route, flips, "the channel is set not to tell of this");
      case Prepared.Ready(var delivery, var secret) -> {
        var named = new Message.Deliver(route.check(), Collections.max(flips), route.channel(), 0);
        var signature = Signature.of(named, "", secret);
        yield conclude(route, flips, integration, send(delivery, named, signature, crowd));
      }
      case Prepared.Unfit(var reason) ->
          conclude(
              route,
              flips,
              integration,
              new Patience.Tried(new Outcome.Refused(reason), integration.slow()));
      case Prepared.Unknown(var reason) ->
          conclude(
              route,
              flips,
              integration,
              new Patience.Tried(new Outcome.TryAgain(reason, null), integration.slow()));
    };
  }

  /// Only a request may give way to others. A mail that was interrupted may have been taken, and a
  /// second one could not be told from the first; SES, which takes them all, is bounded by its
  /// client.
  private Patience.Tried send(
      Delivery delivery, Message.Deliver named, @Nullable Signature signature, Crowd crowd) {
    return delivery instanceof Delivery.Post
        ? patience.attempt(() -> courier.send(delivery, named, signature), crowd)
        : new Patience.Tried(courier.send(delivery, named, signature), false);
  }

  /// Writes down how it went: the log first, so that what was sent is known to have been.
  private Told conclude(
      Route route, Collection<Long> flips, Integration integration, Patience.Tried tried) {
    count(integration.kind(), tried.outcome());
    var told =
        switch (tried.outcome()) {
          case Outcome.Sent() -> record(route, flips, Notification.Outcome.SENT, null);
          case Outcome.Refused(var reason) ->
              record(route, flips, Notification.Outcome.REFUSED, reason);
          case Outcome.TryAgain(var reason, var asked) -> new Told.Failed(reason, asked);
        };
    report(integration, tried);
    return told;
  }

  private void count(String kind, Outcome outcome) {
    switch (outcome) {
      case Outcome.Sent() -> metrics.delivered(kind);
      case Outcome.TryAgain _ -> metrics.deliveryFailed(kind);
      case Outcome.Refused _ -> metrics.deliveryRefused(kind);
    }
  }

  /// Notes that flips are given up after the last of their tries.
  void giveUp(Route route, Collection<Long> flips, String reason) {
    record(route, flips, Notification.Outcome.GAVE_UP, reason);
    flips.forEach(_ -> metrics.gaveUp());
  }

  private Told skip(Route route, Collection<Long> flips, String reason) {
    return record(route, flips, Notification.Outcome.SKIPPED, reason);
  }

  private Told record(
      Route route, Collection<Long> flips, Notification.Outcome outcome, @Nullable String error) {
    var at = clock.instant();
    var all =
        flips.stream()
            .map(flip -> new Notification(route.check(), flip, route.channel(), at, outcome, error))
            .toList();
    ledger.append(all);
    return new Told.Done();
  }

  /// Tries a channel out. Nothing is written but the channel's last error.
  ///
  /// @param received the id of the queue's message, by which tests are told apart
  void test(Message.Deliver message, Briefing briefing, String received) {
    briefing
        .integration(message.channel())
        .filter(integration -> !integration.disabled())
        .ifPresent(
            integration -> report(integration, test(integration, message, briefing, received)));
  }

  private Patience.Tried test(
      Integration integration, Message.Deliver message, Briefing briefing, String received) {
    var alert = alerts.test(integration, briefing, clock.instant());
    var outcome =
        switch (prepare(integration, alert)) {
          case Prepared.Ready(Delivery.Nothing _, _) -> new Outcome.Sent();
          case Prepared.Ready(var delivery, var secret) ->
              courier.send(delivery, message, Signature.of(message, received, secret));
          case Prepared.Unfit(var reason) -> new Outcome.Refused(reason);
          case Prepared.Unknown(var reason) -> new Outcome.TryAgain(reason, null);
        };
    return new Patience.Tried(outcome, integration.slow());
  }

  private void report(Integration integration, Patience.Tried tried) {
    var id = integration.id();
    var slow = tried.slow();
    switch (tried.outcome()) {
      case Outcome.Sent() -> {
        if (integration.lastError() != null || integration.slow() != slow) {
          integrations.report(id, null, false, slow);
        }
      }
      case Outcome.TryAgain(var reason, _) -> integrations.report(id, reason, false, slow);
      case Outcome.Refused(var reason) -> integrations.report(id, reason, true, slow);
    }
  }

  /// The mail that a channel would send of this alert; empty when it sends none.
  static Optional<Delivery.Mail> mail(Integration integration, Alert alert) {
    return prepare(integration, alert) instanceof Prepared.Ready(Delivery.Mail mail, _)
        ? Optional.of(mail)
        : Optional.empty();
  }

  private sealed interface Prepared {
    /// @param secret with which the delivery is to be signed; null for unsigned
    record Ready(Delivery delivery, @Nullable SigningSecret secret) implements Prepared {}

    /// The settings are not what the channel understands.
    record Unfit(String reason) implements Prepared {}

    /// This release does not know the kind, as after going back to an older one.
    record Unknown(String reason) implements Prepared {}
  }

  private static Prepared prepare(Integration integration, Alert alert) {
    return Channels.named(integration.kind())
        .map(channel -> prepare(channel, integration, alert))
        .orElseGet(() ->
            new Prepared.Unknown(
                "this release does not know channels of the kind " + integration.kind()));
  }

  private static <S> Prepared prepare(Channel<S> channel, Integration integration, Alert alert) {
    return switch (channel.read(integration.settings())) {
      case Reading.Valid<S>(var settings) ->
          new Prepared.Ready(
              channel.render(alert, settings), channel.isSigned() ? integration.secret() : null);
      case Reading.Invalid<S>(var field, var reason) ->
          new Prepared.Unfit("setting " + field + " " + reason);
    };
  }
}
