package dev.rollcall.notify;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.LogStore.FlipId;
import dev.rollcall.store.LogStore.PingId;
import dev.rollcall.store.ProjectStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the messages of one batch have to know, read together before the first of them is worked
/// on: a few calls for a batch instead of several for each message. It lives as long as the batch.
///
/// Whatever is not in it is read when it is asked for. So an item that cannot be read, or a read
/// that fails, troubles only the messages that need it.
final class Briefing {
  private final Stores stores;
  private final Map<CheckId, CheckRecord> checks;
  private final Map<ChannelId, Integration> integrations;
  private final Map<FlipId, Flip> flips;
  private final Map<PingId, Ping> pings;
  private final Map<ProjectId, String> projects = new ConcurrentHashMap<>();

  /// Where it is read from.
  record Stores(
      CheckCatalog catalog, LogStore log, IntegrationStore integrations, ProjectStore projects) {}

  private Briefing(
      Stores stores,
      Map<CheckId, CheckRecord> checks,
      Map<ChannelId, Integration> integrations,
      Map<FlipId, Flip> flips,
      Map<PingId, Ping> pings) {
    this.stores = stores;
    this.checks = checks;
    this.integrations = integrations;
    this.flips = flips;
    this.pings = pings;
  }

  /// For the fan-out of these checks' flips: the checks, and the channels that they tell.
  static Briefing forFlips(Stores stores, Collection<CheckId> ids) {
    var checks = checks(stores, List.copyOf(ids));
    var channels =
        checks.values().stream()
            .flatMap(check -> check.details().channels().stream())
            .distinct()
            .toList();
    return new Briefing(stores, checks, integrations(stores, channels), Map.of(), Map.of());
  }

  /// For these deliveries: their checks, channels and flips, and the pings behind those.
  static Briefing forDeliveries(Stores stores, Collection<Message.Deliver> messages) {
    var real = messages.stream().filter(message -> !message.isTest()).toList();
    var ids =
        real.stream().map(message -> new FlipId(message.check(), message.flip())).collect(toSet());
    var flips =
        together(() -> stores.log().flips(ids), flip -> new FlipId(flip.check(), flip.number()));
    return new Briefing(
        stores,
        checks(stores, real.stream().map(Message.Deliver::check).distinct().toList()),
        integrations(stores, messages.stream().map(Message.Deliver::channel).distinct().toList()),
        flips,
        pings(stores, flips.values()));
  }

  /// The check as it was when the batch began.
  Optional<CheckRecord> check(CheckId id) {
    return Optional.ofNullable(checks.get(id)).or(() -> stores.catalog().find(id));
  }

  Optional<Integration> integration(ChannelId id) {
    return Optional.ofNullable(integrations.get(id)).or(() -> stores.integrations().find(id));
  }

  Optional<Flip> flip(CheckId check, long number) {
    return Optional.ofNullable(flips.get(new FlipId(check, number)))
        .or(() -> stores.log().flip(check, number));
  }

  Optional<Ping> ping(CheckId check, long number) {
    return Optional.ofNullable(pings.get(new PingId(check, number)))
        .or(() -> stores.log().ping(check, number));
  }

  /// What a project is called; empty when it is gone.
  String projectName(ProjectId id) {
    return projects.computeIfAbsent(
        id, each -> stores.projects().find(each).map(Project::name).orElse(""));
  }

  private static Map<CheckId, CheckRecord> checks(Stores stores, List<CheckId> ids) {
    return together(() -> stores.catalog().findAll(ids), check -> check.item().check().id());
  }

  private static Map<ChannelId, Integration> integrations(Stores stores, List<ChannelId> ids) {
    return together(() -> stores.integrations().findAll(ids), Integration::id);
  }

  private static Map<PingId, Ping> pings(Stores stores, Collection<Flip> flips) {
    var ids =
        flips.stream()
            .filter(flip -> flip.ping() > 0)
            .map(flip -> new PingId(flip.check(), flip.ping()))
            .collect(toSet());
    return together(() -> stores.log().pings(ids), ping -> new PingId(ping.check(), ping.number()));
  }

  private static <K, V> Map<K, V> together(Supplier<List<V>> read, Function<V, K> key) {
    try {
      return read.get().stream().collect(toMap(key, Function.identity()));
    } catch (RuntimeException failed) {
      // Whoever needs it meets the same failure alone, where it is logged.
      return Map.of();
    }
  }
}
