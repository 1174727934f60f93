package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Moves.Move;
import dev.rollcall.migrate.engine.Worker.Worked;
import dev.rollcall.store.RawItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// META by itself, with work on items that comes to its end at once, or finds one that cannot be
/// changed. It is written and read as in the table.
final class MetaInMemory implements Pursuit.Data {
  private Map<String, Map<String, AttributeValue>> items;
  private final Instant now;
  private final boolean isMendable;
  private final List<Map<String, Map<String, AttributeValue>>> past = new ArrayList<>();

  /// @param items by their sort keys
  /// @param isMendable whether items can be changed
  MetaInMemory(Map<String, Map<String, AttributeValue>> items, Instant now, boolean isMendable) {
    this.items = items;
    this.now = now;
    this.isMendable = isMendable;
  }

  Map<String, Map<String, AttributeValue>> items() {
    return items;
  }

  /// After each write, the first first: where a process may have died.
  List<Map<String, Map<String, AttributeValue>>> past() {
    return past;
  }

  static Known known(Map<String, Map<String, AttributeValue>> items) {
    return Known.of(
        Optional.ofNullable(items.get(RawItems.SCHEMA)),
        items.entrySet().stream()
            .filter(item -> item.getKey().startsWith(Meta.MIGRATION))
            .map(Map.Entry::getValue)
            .toList(),
        List.of());
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Known known() {
    return known(items);
  }

  @Override
  public boolean make(Head before, Move move) {
    write(move.head().nextGen().with((Head.Lease) null), move.entry());
    return true;
  }

  private void write(Head head, @Nullable Entry entry) {
    var next = new TreeMap<>(items);
    next.put(RawItems.SCHEMA, merged(RawItems.SCHEMA, head.attributes(), head.absent()));
    if (entry != null) {
      var sk = Meta.MIGRATION + entry.id();
      next.put(sk, merged(sk, entry.attributes(), entry.absent()));
    }
    items = next;
    past.add(next);
  }

  private Map<String, AttributeValue> merged(
      String sk, Map<String, AttributeValue> set, Set<String> absent) {
    var item = new HashMap<>(items.getOrDefault(sk, RawItems.key(RawItems.META, sk)));
    item.putAll(set);
    item.keySet().removeAll(absent);
    return item;
  }

  @Override
  public Move backedUp(Move move, Migration migration) {
    return move;
  }

  @Override
  public Stragglers.Found stragglers(List<Migration> applied) {
    return new Stragglers.Found.None();
  }

  @Override
  public Worked work(Head head, Run run) {
    if (head.paused()) {
      return new Worked.Going(new Progress.Going(0, now.plusSeconds(60), "paused"));
    }
    if (head.isAt(Phase.BLOCKED)) {
      throw new AssertionError("nobody works while the data is blocked");
    }
    return isMendable
        ? new Worked.Through(head, Counts.NONE)
        : new Worked.Stuck(head, "an item is broken", List.of("CHECK#1 ITEM"), Counts.NONE);
  }
}
