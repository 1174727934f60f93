package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.document.Change;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Course.Next;
import dev.rollcall.migrate.engine.Head.Dir;
import dev.rollcall.store.RawItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Takes every item through all steps, in memory.
record DryRun(RawItems items, Head head, Ledger ledger, Build build, Setup setup) {
  private static final int SAMPLES = 3;
  private static final int FAILING = 10;
  private static final int SHOWN = 40;

  /// A step while it is counted.
  private static final class Tally {
    final Migration migration;
    final boolean up;
    long items;
    long changes;
    final List<String> failing = new ArrayList<>();
    final List<Plan.Sample> samples = new ArrayList<>();

    Tally(Migration migration, boolean up) {
      this.migration = migration;
      this.up = up;
    }

    Plan.Step step() {
      var isLost = !up && Recorded.isLossy(migration);
      return new Plan.Step(
          migration.id(),
          migration.title(),
          up,
          items,
          changes,
          failing,
          isLost ? "what the document declares: the way back is lossy" : "",
          samples);
    }
  }

  Plan plan(int target) {
    var level = ledger.top(head);
    var isUp = target >= level;
    var refusal = refusal(target, isUp);
    var steps = refusal.isPresent() ? List.<Tally>of() : steps(target, isUp);
    if (!steps.isEmpty()) {
      run(steps);
    }
    return new Plan(
        Optional.of(level),
        target,
        refusal,
        steps.stream()
            .filter(step -> !isUp || step.migration.from() >= begun() || step.changes > 0)
            .map(Tally::step)
            .toList());
  }

  /// The level from which on all items have a way to go.
  private int begun() {
    return head.isAt(Phase.STEADY)
        ? head.schema().writeLevel()
        : ledger.current(head).map(Entry::from).orElse(1);
  }

  /// What a deliberate call would be answered.
  private Optional<String> refusal(int target, boolean isUp) {
    var wish = new Wish(isUp ? Dir.SETTLE : Dir.BACK, target, "plan", true, true);
    var course = new Course(head, ledger, build, setup.timing(), setup.watch().now());
    return course.next(wish) instanceof Next.Refuse(var reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  private List<Tally> steps(int target, boolean isUp) {
    var steps = new ArrayList<Tally>();
    if (isUp) {
      // From the first, for the sake of what an older release has left behind.
      for (int level = 1; level < target; level++) {
        build.from(level).ifPresent(migration -> steps.add(new Tally(migration, true)));
      }
    } else {
      for (var entry : ledger.above(target)) {
        if (Recorded.of(entry, ledger, build) instanceof Recorded.Usable(var migration)) {
          steps.add(new Tally(migration, false));
        }
      }
    }
    return steps;
  }

  private void run(List<Tally> steps) {
    Map<String, AttributeValue> from = Map.of();
    do {
      var page = items.scan(from.isEmpty() ? null : from, Worker.PAGE);
      for (var item : page.items()) {
        if (!RawItems.text(item, RawItems.PK).equals(RawItems.META)) {
          take(item, steps);
        }
      }
      from = page.next();
    } while (!from.isEmpty());
  }

  private void take(Map<String, AttributeValue> found, List<Tally> steps) {
    var item = found;
    Map<String, AttributeValue> attic = Map.of();
    for (var step : steps) {
      if (step.migration.matches(item)) {
        step.items++;
      }
      var key = step.migration.atticKey(item);
      if (key.isPresent() && (attic.isEmpty() || !RawItems.keyOf(attic).equals(key.get()))) {
        attic = items.read(key.get()).orElse(Map.of());
      }
      var change =
          step.up
              ? step.migration.settle(item, attic, setup.ids())
              : step.migration.back(item, attic);
      switch (change) {
        case Change.Nothing() -> {}
        case Change.Refused(var reason) -> fail(step, item, reason);
        case Change.Update update -> {
          var after = ItemSize.updated(item, update.set(), update.remove());
          if (ItemSize.isTooLarge(item, after)) {
            fail(step, item, ItemSize.TOO_LARGE);
          }
          change(step, item, after);
          attic = update.putFirst().orElse(Map.of());
          item = after;
        }
        case Change.Delete _ -> step.changes++;
      }
    }
  }

  private static void fail(Tally step, Map<String, AttributeValue> item, String reason) {
    if (step.failing.size() < FAILING) {
      step.failing.add(Worker.shown(item) + ": " + reason);
    }
  }

  private static void change(
      Tally step, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    step.changes++;
    if (step.samples.size() < SAMPLES) {
      var names = new TreeSet<>(before.keySet());
      names.addAll(after.keySet());
      var differences = new ArrayList<Plan.Difference>();
      for (var name : names) {
        if (!Objects.equals(before.get(name), after.get(name))) {
          differences.add(new Plan.Difference(name, shown(before, name), shown(after, name)));
        }
      }
      step.samples.add(new Plan.Sample(Worker.shown(before), differences));
    }
  }

  private static String shown(Map<String, AttributeValue> item, String name) {
    var value = new HashMap<>(item).get(name);
    if (value == null) {
      return "";
    }
    var text = value.s() != null ? value.s() : value.n() != null ? value.n() : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
