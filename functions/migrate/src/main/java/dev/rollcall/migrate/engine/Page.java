package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Change;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawItems.Outcome;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.RawWrite.Only;
import dev.rollcall.store.RawWrite.Term;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/// Reads a page of items and writes those that need it, one after the other, each by one
/// conditional update. The condition is everything that the change was made from, and that nobody
/// of a later generation has been there. Writes raise the item's `rev`, so that whoever read it
/// before, and thinks, is refused and reads again; pings write without looking, and are never
/// refused.
final class Page {

  /// How many items may fail before the work stops.
  static final int BUDGET = 10;

  private static final String OTHER_META =
      "its `_g` says that a migration wrote it which this table does not know: it comes from another"
          + " table, or from before this one was restored. Remove its `_g`";

  private static final String ATTIC_OF_OTHER_META =
      "nobody changes it, and yet it cannot be written: the `_g` of the attic item beside it says that"
          + " a migration wrote that which this table does not know. Remove the `_g` there";

  /// How often an item is tried in one pass that others keep changing.
  private static final int RACES = 3;

  private final RawItems items;
  private final Run run;
  private final Source ids;
  private final Watch watch;
  private final Map<String, String> failures = new LinkedHashMap<>();

  Page(RawItems items, Run run, Source ids, Watch watch) {
    this.items = items;
    this.run = run;
    this.ids = ids;
    this.watch = watch;
  }

  /// How far it came.
  ///
  /// @param cursor the key of the last item that is done with
  /// @param tired whether the table refuses calls for there are too many, and should be left alone
  ///   for a while
  record Turned(
      Map<String, AttributeValue> cursor, boolean last, Pass.Tally tally, boolean tired) {}

  /// Items that could not be changed, by what may be shown of their keys, and why.
  Map<String, String> failures() {
    return failures;
  }

  /// The first of [#failures], for people.
  Progress.Blocked blocked() {
    return new Progress.Blocked(
        "Migration %s: %s".formatted(run.entry().id(), failures.values().iterator().next()),
        List.copyOf(failures.keySet()));
  }

  boolean isOverBudget() {
    return failures.size() >= BUDGET;
  }

  /// It is too late to write anything more: whoever takes the work over may reckon that nobody
  /// does.
  private static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private enum Done {
    ELSEWHERE,
    SKIPPED,
    CHANGED,
    RACED,
    FAILED;

    Pass.Tally tally() {
      return new Pass.Tally(
          this == ELSEWHERE ? 0 : 1,
          this == CHANGED ? 1 : 0,
          this == RACED ? 1 : 0,
          this == FAILED ? 1 : 0);
    }
  }

  /// @param head with the generation in which this writes
  /// @param deadline after which no item is written: whoever takes the work over reckons with it,
  ///   and with how long a write that was begun before may be under way
  Turned turn(Pass pass, Head head, Instant deadline) {
    var cursor = pass.cursor();
    var tally = Pass.Tally.NONE;
    try {
      var page = items.scan(cursor.isEmpty() ? null : cursor, Worker.PAGE);
      for (var item : page.items()) {
        if (isOverBudget()) {
          return new Turned(cursor, false, tally, false);
        }
        tally = tally.plus(change(item, head, deadline).tally());
        cursor = RawItems.keyOf(item);
      }
      var isLast = page.next().isEmpty();
      return new Turned(isLast ? cursor : page.next(), isLast, tally, false);
    } catch (Late late) {
      return new Turned(cursor, false, tally, false);
    } catch (AwsServiceException failure) {
      if (!isThrottling(failure)) {
        throw failure;
      }
      return new Turned(cursor, false, tally, true);
    }
  }

  private Done change(Map<String, AttributeValue> found, Head head, Instant deadline) {
    var pk = RawItems.text(found, RawItems.PK);
    if (pk.equals(RawItems.META)) {
      return Done.ELSEWHERE;
    }
    inTime(deadline);
    var counts = run.migration().matches(found);
    var item = found;
    var isChanging = false;
    for (int race = 0; race < RACES; race++) {
      var image = item;
      var change = run.change(image, attic(image), ids, head.sweep().verifying());
      if (change instanceof Change.Nothing) {
        return counts ? Done.SKIPPED : Done.ELSEWHERE;
      }
      var obstacle = obstacle(image, change, head.gen());
      if (obstacle != null) {
        failures.put(Worker.shown(image), obstacle);
        return Done.FAILED;
      }
      Outcome outcome;
      try {
        outcome = write(change, head.gen(), deadline);
      } catch (DynamoDbException refused) {
        if (!isInvalid(refused)) {
          throw refused;
        }
        failures.put(
            Worker.shown(image),
            "DynamoDB does not take what the document makes of it: "
                + refused.awsErrorDetails().errorMessage());
        return Done.FAILED;
      }
      switch (outcome) {
        case Outcome.Written() -> {
          return Done.CHANGED;
        }
        case Outcome.Lost(var winner) -> {
          isChanging |= !winner.equals(image);
          item = winner;
        }
        case Outcome.Gone() -> {
          return Done.SKIPPED;
        }
      }
    }
    if (!isChanging) {
      failures.put(Worker.shown(item), ATTIC_OF_OTHER_META);
      return Done.FAILED;
    }
    return Done.RACED;
  }

  private Map<String, AttributeValue> attic(Map<String, AttributeValue> item) {
    return run.migration().atticKey(item).flatMap(items::read).orElse(Map.of());
  }

  private static @Nullable String obstacle(
      Map<String, AttributeValue> item, Change change, long gen) {
    if (change instanceof Change.Refused(var reason)) {
      return reason;
    }
    if (change instanceof Change.Update update
        && ItemSize.isTooLarge(item, ItemSize.updated(item, update.set(), update.remove()))) {
      return ItemSize.TOO_LARGE;
    }
    return isOfOtherMeta(item, gen) ? OTHER_META : null;
  }

  /// Whoever has a later generation in this table ends this work before it is told of.
  private static boolean isOfOtherMeta(Map<String, AttributeValue> item, long gen) {
    var mark = item.get(Meta.GENERATION);
    return mark != null
        && (mark.n() == null || new BigDecimal(mark.n()).compareTo(BigDecimal.valueOf(gen)) > 0);
  }

  private void inTime(Instant deadline) {
    if (!watch.now().isBefore(deadline)) {
      throw new Late();
    }
  }

  private Outcome write(Change change, long gen, Instant deadline) {
    inTime(deadline);
    var fence = new Term.AtMost(Meta.GENERATION, gen);
    var mark = AttributeValue.fromN(Long.toString(gen));
    return switch (change) {
      case Change.Update update -> {
        if (update.putFirst().isPresent()) {
          var attic = marked(update.putFirst().get(), mark);
          if (!(items.write(new RawWrite.Put(attic, Only.ANYHOW.and(fence)))
              instanceof Outcome.Written)) {
            yield reread(update.key());
          }
          inTime(deadline);
        }
        var written =
            items.write(
                new RawWrite.Edit(
                    update.key(),
                    marked(update.set(), mark),
                    update.remove(),
                    update.counts(),
                    Only.seen(update.seen()).and(new Term.Present(RawItems.PK)).and(fence)));
        if (written instanceof Outcome.Written && update.deleteAfter().isPresent()) {
          items.write(new RawWrite.Delete(update.deleteAfter().get(), Only.ANYHOW.and(fence)));
        }
        yield written;
      }
      case Change.Delete delete ->
          items.write(new RawWrite.Delete(delete.key(), Only.seen(delete.seen()).and(fence)));
      case Change.Nothing _, Change.Refused _ -> new Outcome.Written();
    };
  }

  private Outcome reread(Map<String, AttributeValue> key) {
    return items.read(key).<Outcome>map(Outcome.Lost::new).orElseGet(Outcome.Gone::new);
  }

  private static Map<String, AttributeValue> marked(
      Map<String, AttributeValue> attributes, AttributeValue gen) {
    var marked = new HashMap<>(attributes);
    marked.put(Meta.GENERATION, gen);
    return marked;
  }

  /// What would be refused however often it is said.
  private static boolean isInvalid(AwsServiceException failure) {
    return failure.awsErrorDetails() != null
        && "ValidationException".equals(failure.awsErrorDetails().errorCode());
  }

  static boolean isThrottling(AwsServiceException failure) {
    return failure.isThrottlingException()
        || failure instanceof ProvisionedThroughputExceededException
        || failure instanceof RequestLimitExceededException
        || failure instanceof ThrottlingException;
  }
}
