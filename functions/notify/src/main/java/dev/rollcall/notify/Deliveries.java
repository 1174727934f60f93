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
import dev.rollcall.edge.queue.SqsEvent.Received;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Tells one channel of one flip, once if nothing breaks.
///
/// Queues repeat and reorder. What was told is in the log: a flip that is not younger than the last
/// one told there is dropped. What was sent and could not be written down is sent again.
final class Deliveries {

  /// How long a delivery waits for the one that goes first, and how often.
  private static final Duration TURN = Duration.ofSeconds(1);

  private static final int TURNS = 2;

  private final LogStore log;
  private final IntegrationStore integrations;
  private final Alerts alerts;
  private final Courier courier;
  private final SqsQueue queue;
  private final InstantSource clock;
  private final Metrics metrics;

  Deliveries(
      LogStore log,
      IntegrationStore integrations,
      Alerts alerts,
      Courier courier,
      SqsQueue queue,
      InstantSource clock,
      Metrics metrics) {
    this.log = log;
    this.integrations = integrations;
    this.alerts = alerts;
    this.courier = courier;
    this.queue = queue;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// @param briefing of the batch that the message came with
  /// @param received as which the message came
  /// @return whether the message is done with; if not, it goes back to its queue, which gives it up
  ///   after [Backoff#TRIES]
  boolean deliver(Message.Deliver message, Briefing briefing, Received received) {
    if (message.isTest()) {
      test(message, briefing, received);
      return true;
    }
    var told = log.lastTold(message.check(), message.channel()).map(Notification::flip).orElse(0L);
    if (told >= message.flip()) {
      return true;
    }
    if (message.previous() > told && received.receiveCount() <= TURNS) {
      queue.hide(received.receipt(), TURN);
      return false;
    }
    var alert = alerts.about(message.check(), message.flip(), briefing, clock.instant());
    return alert.isEmpty() || deliver(message, alert.get(), briefing, received);
  }

  private boolean deliver(
      Message.Deliver message, Alert alert, Briefing briefing, Received received) {
    var found = briefing.integration(message.channel()).filter(each -> !each.disabled());
    if (found.isEmpty()) {
      record(message, Notification.Outcome.SKIPPED, null);
      return true;
    }
    var integration = found.get();
    return switch (prepare(integration, alert)) {
      case Prepared.Ready(Delivery.Nothing _, _) -> {
        record(message, Notification.Outcome.SKIPPED, null);
        yield true;
      }
      case Prepared.Ready(var delivery, var secret) -> {
        if (received.receiveCount() == 1) {
          metrics.firstTry(Duration.between(alert.flip().at(), clock.instant()));
        }
        var sent = courier.send(delivery, Signature.of(message, received.id(), secret));
        yield conclude(message, integration, sent, received);
      }
      case Prepared.Unfit(var reason) ->
          conclude(message, integration, new Outcome.Refused(reason), received);
    };
  }

  /// Writes down how it went: the log first, so that what was sent is known to have been.
  private boolean conclude(
      Message.Deliver message, Integration integration, Outcome outcome, Received received) {
    var tries = received.receiveCount();
    switch (outcome) {
      case Outcome.Sent() -> record(message, Notification.Outcome.SENT, null);
      case Outcome.Refused(var reason) -> record(message, Notification.Outcome.REFUSED, reason);
      case Outcome.TryAgain(var reason, _) when Backoff.isLast(tries) -> {
        record(message, Notification.Outcome.GAVE_UP, reason);
        metrics.gaveUp();
        queue.hide(received.receipt(), Duration.ZERO);
      }
      case Outcome.TryAgain(_, var asked) ->
          queue.hide(received.receipt(), Backoff.after(tries, asked));
    }
    report(integration, outcome);
    return !(outcome instanceof Outcome.TryAgain);
  }

  private void test(Message.Deliver message, Briefing briefing, Received received) {
    briefing
        .integration(message.channel())
        .filter(integration -> !integration.disabled())
        .ifPresent(integration -> {
          switch (prepare(integration, alerts.test(integration, briefing, clock.instant()))) {
            case Prepared.Ready(Delivery.Nothing _, _) -> {}
            case Prepared.Ready(var delivery, var secret) ->
                report(
                    integration,
                    courier.send(delivery, Signature.of(message, received.id(), secret)));
            case Prepared.Unfit(var reason) -> report(integration, new Outcome.Refused(reason));
          }
        });
  }

  private void report(Integration integration, Outcome outcome) {
    switch (outcome) {
      case Outcome.Sent() -> {
        if (integration.lastError() != null) {
          integrations.report(integration.id(), null, false);
        }
      }
      case Outcome.TryAgain(var reason, _) -> integrations.report(integration.id(), reason, false);
      case Outcome.Refused(var reason) -> integrations.report(integration.id(), reason, true);
    }
  }

  private void record(
      Message.Deliver message, Notification.Outcome outcome, @Nullable String error) {
    log.append(
        new Notification(
            message.check(), message.flip(), message.channel(), clock.instant(), outcome, error));
  }

  private sealed interface Prepared {
    /// @param secret with which the delivery is to be signed; null for unsigned
    record Ready(Delivery delivery, @Nullable SigningSecret secret) implements Prepared {}

    /// The settings are not what the channel understands.
    record Unfit(String reason) implements Prepared {}
  }

  /// @throws IllegalStateException when this release does not know the channel, as after going back
  ///   to an older one; the message waits in its queue
  private static Prepared prepare(Integration integration, Alert alert) {
    var channel =
        Channels.named(integration.kind())
            .orElseThrow(() -> new IllegalStateException("no channel " + integration.kind()));
    return prepare(channel, integration, alert);
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
