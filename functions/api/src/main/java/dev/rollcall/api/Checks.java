package dev.rollcall.api;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.store.CheckCatalog.Made;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Claims;
import dev.rollcall.store.Saved;
import dev.rollcall.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// Listing, showing, making and changing checks.
///
/// @param fields what may be said of a check
record Checks(Stores stores, BodyFields fields, Documents documents, Hints hints) {

  /// What a check is unless the request says otherwise.
  static final Every PERIOD = new Every(Duration.ofDays(1));

  private static final Duration GRACE = Duration.ofHours(1);

  /// How often somebody else is given time to make a check: a little more each time, up to the
  /// longest, which is nine seconds in all.
  private static final int TRIES = 50;

  private static final Duration WAIT = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  /// What upserts of a project claim. By whichever fields they find a check, a new one may be the
  /// one that another means: so they make theirs in turn.
  private static final String UPSERT = "upsert";

  /// All checks of the project that have this slug, if one is given, and each of these tags; and by
  /// name all that this release cannot read, whatever theirs are.
  Answer list(Call call) {
    var slug = call.parameter("slug").filter(text -> !text.isEmpty());
    var tags = call.parameters("tag");
    var listing = stores.catalog().listing(call.project());
    var answer =
        new Document()
            .with(
                "checks",
                listing.checks().stream()
                    .filter(record -> slug.isEmpty() || record.details().slug().equals(slug.get()))
                    .filter(
                        record -> tags.isEmpty() || record.details().tagList().containsAll(tags))
                    .map(record -> documents.show(call, record))
                    .toList());
    if (!listing.unreadable().isEmpty()) {
      answer.with(
          "unreadable", listing.unreadable().stream().map(id -> Documents.name(call, id)).toList());
    }
    return Answer.ok(answer.fields());
  }

  Answer show(Call call, CheckRecord record) {
    return Answer.ok(documents.show(call, record));
  }

  /// Makes a check, or changes the one that the request's `unique` fields mean.
  Answer create(Call call) {
    return asWished(
        call,
        (wish, channels) -> createOrChange(call, wish, channels),
        (wish, problem) -> hasRoom(call, wish) ? problem : new Problem.LimitReached());
  }

  Answer update(Call call, CheckRecord record) {
    return asWished(
        call, (wish, channels) -> change(call, record, wish, channels), (_, problem) -> problem);
  }

  /// Does what somebody wishes.
  private interface Deed {
    Answer answer(Wish wish, Optional<SortedSet<ChannelId>> channels);
  }

  /// Says what becomes of a wish whose channels are not clear.
  private interface Refusal {
    Answer answer(Wish wish, Problem problem);
  }

  private Answer asWished(Call call, Deed deed, Refusal refusal) {
    return call.body()
        .answer(fields, said -> withChannels(call, new Wish(said, call.version()), deed, refusal));
  }

  private Answer withChannels(Call call, Wish wish, Deed deed, Refusal refusal) {
    var names = wish.channels();
    if (names.isEmpty()) {
      return deed.answer(wish, Optional.empty());
    }
    return switch (ChannelNames.find(names.get(), stores.integrations().list(call.project()))) {
      case ChannelNames.Found(var channels) -> deed.answer(wish, Optional.of(channels));
      case ChannelNames.Unclear(var problem) -> refusal.answer(wish, problem);
    };
  }

  /// Whether a wish would be granted, were it not for its channels: a full project takes no other
  /// check, and the reference says that first.
  private boolean hasRoom(Call call, Wish wish) {
    return stores.catalog().count(call.project()) < checkLimit(call)
        || (wish.mayMeanAnother() && meant(call, wish).isPresent());
  }

  private Optional<CheckRecord> meant(Call call, Wish wish) {
    return stores.catalog().list(call.project()).stream().filter(wish::means).findFirst();
  }

  private Answer createOrChange(Call call, Wish wish, Optional<SortedSet<ChannelId>> channels) {
    if (!wish.mayMeanAnother()) {
      return make(call, newId(), wish, channels);
    }
    return meant(call, wish)
        .map(record -> change(call, record, wish, channels))
        .orElseGet(() -> makeInTurn(call, wish, channels));
  }

  /// Makes the check that a wish means, unless somebody else is making it or has just made it: the
  /// list is a moment behind, the claim is not.
  private Answer makeInTurn(Call call, Wish wish, Optional<SortedSet<ChannelId>> channels) {
    var claim = new Claims.Claim(call.project(), UPSERT, newId(), call.now());
    for (int turn = 1; turn <= TRIES; turn++) {
      var holder = stores.claims().stake(claim);
      if (holder.check().equals(claim.check())) {
        return makeOnce(call, claim, List.of(), wish, channels);
      }
      if (!holder.isSettled() && stores.catalog().find(holder.check()).isEmpty()) {
        LockSupport.parkNanos(Math.min(WAIT.toNanos() * turn, LONGEST_WAIT.toNanos()));
      } else if (stores.claims().take(claim, holder)) {
        return makeOnce(call, claim, holder.all(), wish, channels);
      }
    }
    return new Problem.Unavailable();
  }

  /// @param made what others may have made, of which the list may not have all yet
  private Answer makeOnce(
      Call call,
      Claims.Claim claim,
      List<CheckId> made,
      Wish wish,
      Optional<SortedSet<ChannelId>> channels) {
    try {
      return stores.catalog().findAll(made).stream()
          .filter(wish::means)
          .findFirst()
          .map(record -> change(call, record, wish, channels))
          .orElseGet(() -> make(call, claim.check(), wish, channels));
    } finally {
      stores.claims().settle(claim);
    }
  }

  private Answer make(Call call, CheckId id, Wish wish, Optional<SortedSet<ChannelId>> channels) {
    var details = wish.describe(blank(id, call.now()), channels);
    var check =
        Check.create(
            id,
            call.project(),
            wish.schedule(PERIOD, details.zone()),
            wish.grace(GRACE),
            wish.rules(Rules.NONE));
    return switch (stores.catalog().create(check, details, checkLimit(call), false)) {
      case Made.Done(var record) -> new Answer.Json(201, documents.show(call, record));
      case Made.LimitReached() -> new Problem.LimitReached();
      case Made.SlugTaken() -> throw new IllegalStateException("the slug need not be new");
    };
  }

  private Answer change(
      Call call, CheckRecord record, Wish wish, Optional<SortedSet<ChannelId>> channels) {
    var id = record.item().check().id();
    return stores
        .catalog()
        .describe(id, details -> wish.describe(details, channels))
        .map(details -> expect(call, record, wish, details))
        .orElseGet(Problem.NoSuchPage::new);
  }

  private Answer expect(Call call, CheckRecord record, Wish wish, Details details) {
    return switch (stores
        .checks()
        .save(record.item(), call.now(), check -> expect(check, wish, details.zone()))) {
      case Saved.Done done -> {
        hints.after(done, call.now());
        yield Answer.ok(documents.show(call, new CheckRecord(done.item(), details)));
      }
      case Saved.Gone() -> new Problem.NoSuchPage();
    };
  }

  private static Step expect(Check check, Wish wish, ZoneId zone) {
    return check.expect(
        wish.schedule(check.schedule(), zone),
        wish.grace(check.grace()),
        wish.rules(check.rules()));
  }

  private int checkLimit(Call call) {
    return stores.projects().find(call.project()).map(Project::checkLimit).orElse(0);
  }

  private static CheckId newId() {
    return new CheckId(UUID.randomUUID());
  }

  private static Details blank(CheckId id, Instant now) {
    return new Details(
        id,
        "",
        "",
        "",
        "",
        ZoneId.of("UTC"),
        Keywords.NONE,
        false,
        false,
        new TreeSet<>(),
        UUID.randomUUID(),
        now);
  }
}
