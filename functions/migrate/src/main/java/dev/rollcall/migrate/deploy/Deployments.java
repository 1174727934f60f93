package dev.rollcall.migrate.deploy;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.SchemaStore;
import dev.rollcall.store.Tables;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Answers what CloudFormation asks, and goes on at each tick with what could not be ended then.
///
/// A deployment that someone wants fails at once, with the reason, where it cannot be done safely:
/// CloudFormation then goes back to the release that works. The way back itself never fails here.
/// It ends `DEGRADED` at worst: the functions keep pings for later, and an alarm calls for a
/// person.
public final class Deployments {
  private static final Logger LOG = System.getLogger(Deployments.class.getName());

  /// How long a deployment waits for the data. What takes longer goes on by ticks.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /// Work stops for now when so much is left of the function's time, or half of it if that is less.
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /// An answer is given in place of work that does not stop, when so much is left, or a quarter.
  private static final Duration LAST_CALL = Duration.ofSeconds(30);

  private static final String SCHEMA = "schema";
  private static final String SITE = "site";
  private static final String TABLES = "Custom::Tables";

  private final Release release;
  private final SchemaResource schema;
  private final Migrator ticking;
  private final Site site;
  private final Adoption adoption;
  private final Requests requests;
  private final Stacks stacks;
  private final Responder responder;
  private final Rights rights;
  private final InstantSource clock;

  /// Publishes the dashboard of this build.
  public interface Site {

    /// @param wanted whether it still is; asked before anything is shown
    void publish(Wanted wanted);
  }

  /// Whether what was begun is still wanted.
  @FunctionalInterface
  public interface Wanted {
    boolean still();
  }

  /// @param release this build
  /// @param migrators makes a migrator of this build
  /// @param watch passes the time in which nothing can be done
  public Deployments(
      Release release,
      Function<Policy, Migrator> migrators,
      Site site,
      Adoption adoption,
      DynamoDbClient dynamo,
      Tables tables,
      CloudFormationClient cloudFormation,
      Watch watch) {
    this(
        release,
        new SchemaResource(migrators, new SchemaStore(dynamo, tables), end -> pause(watch, end)),
        site,
        adoption,
        new Requests(dynamo, tables),
        new Stacks(cloudFormation),
        new Responder(watch::now, Duration.ofMillis(500)),
        watch::now);
  }

  Deployments(
      Release release,
      SchemaResource schema,
      Site site,
      Adoption adoption,
      Requests requests,
      Stacks stacks,
      Responder responder,
      InstantSource clock) {
    this.release = release;
    this.schema = schema;
    this.ticking = schema.migrators().apply(Policy.USUAL);
    this.site = site;
    this.adoption = adoption;
    this.requests = requests;
    this.stacks = stacks;
    this.responder = responder;
    this.rights = new Rights(clock, schema.pauses());
    this.clock = clock;
  }

  /// Data that this release may not do everything with, and nothing is being done about it.
  public static final class Degraded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Degraded(String why) {
      super(why);
    }
  }

  /// Does what a request wants and answers it.
  ///
  /// @param end when the function is stopped
  public void answer(Request request, Instant end) {
    LOG.log(Level.INFO, "asked: {0}", request);
    responder.answer(
        request,
        before(end, LAST_CALL, 4),
        () -> noted(request, () -> rights.awaited(() -> work(request, until(end)))),
        () -> instead(request),
        thrown -> failed(request, thrown));
  }

  /// Goes on with what is under way. The function fails as long as a person should look, so that
  /// its alarm stands as long.
  ///
  /// @return where the data stands
  /// @throws Degraded when this release cannot do everything with the data as it stays
  public Schema tick(Instant end) {
    var until = until(end);
    return switch (schema.patiently(until, () -> ticking.tick(until))) {
      case Progress.Refused(var reason) -> throw new Degraded(reason);
      case Progress.Blocked(var reason, _) -> throw new Degraded(reason);
      case Progress.Going(var percent, _, var doing) -> {
        LOG.log(Level.INFO, "the data: {0} ({1} %)", doing, percent);
        yield schema.schema();
      }
      case Progress.Done(var data) -> release.on(data) == Fit.NORMAL ? data : fitted(data, until);
    };
  }

  /// Brings the data to this release when no deployment will: one may have ended without it,
  /// because nothing may stop a way back.
  private Schema fitted(Schema data, Instant until) {
    var misfit =
        "the data has level %d, and release %s does not write it"
            .formatted(data.level(), release.name());
    var latest = requests.latest(SCHEMA);
    if (latest.isEmpty() || stacks.isDeployed(latest.get().stack())) {
      throw new Degraded(misfit);
    }
    LOG.log(Level.WARNING, misfit);
    var migrator = schema.migrators().apply(allowed(latest.get()));
    return switch (schema.patiently(until, () -> migrator.settle(release.level(), "tick", until))) {
      case Progress.Refused(var reason) -> throw new Degraded(reason);
      case Progress.Blocked(var reason, _) -> throw new Degraded(reason);
      case Progress.Going _, Progress.Done _ -> schema.schema();
    };
  }

  private static Policy allowed(Requests.Latest latest) {
    try {
      return Terms.policy(latest.policy());
    } catch (Terms.Malformed refusedThen) {
      return Policy.USUAL;
    }
  }

  private Answer work(Request request, Instant until) {
    if (request.kind() == Request.Kind.DELETE) {
      // Neither data nor files go with their resource: a stack is deleted by mistake, too.
      return Answer.success("KEPT");
    }
    return switch (request.type()) {
      case "Custom::Schema" -> inLine(request, SCHEMA, () -> bring(request, until));
      case TABLES -> adopt(request);
      case "Custom::Site" -> inLine(request, SITE, () -> publish(request));
      default -> Answer.failed("Rollcall knows no resource of the type " + request.type() + ".");
    };
  }

  private Answer inLine(Request request, String line, Supplier<Answer> work) {
    return switch (requests.begin(request, line, clock.instant())) {
      case Requests.Standing.Answered before -> before.answer();
      case Requests.Standing.Overtaken() ->
          Answer.failed("A later request of the stack has taken the place of this one.");
      case Requests.Standing.Open() -> work.get();
    };
  }

  private Answer bring(Request request, Instant until) {
    try {
      var terms = Terms.of(request.properties());
      var goesBack = terms.finalise().isPresent() && stacks.goesBack(request);
      return answer(request, schema.bring(terms, request, until, goesBack));
    } catch (Terms.Malformed malformed) {
      return refusal(request, String.valueOf(malformed.getMessage()));
    }
  }

  private Answer adopt(Request request) {
    return adoption
        .adopt(request.properties())
        .map(objection -> refusal(request, objection))
        .orElseGet(() -> Answer.success(adoption.state()));
  }

  private Answer publish(Request request) {
    site.publish(() -> requests.isLatest(request, SITE));
    return Answer.success("PUBLISHED");
  }

  /// What is answered while the work still goes on.
  private Answer instead(Request request) {
    if (!request.type().equals("Custom::Schema")) {
      return refusal(request, "It was not done within the function's time. Deploy again.");
    }
    return noted(
        request,
        () -> {
          try {
            return answer(request, schema.sofar(Terms.of(request.properties())));
          } catch (Terms.Malformed malformed) {
            return refusal(request, String.valueOf(malformed.getMessage()));
          }
        });
  }

  /// Of tables nothing is noted: they may be somebody else's.
  private Answer noted(Request request, Supplier<Answer> source) {
    var answer = source.get();
    return request.kind() == Request.Kind.DELETE || request.type().equals(TABLES)
        ? answer
        : requests.conclude(request, answer);
  }

  private Answer answer(Request request, Progress progress) {
    return switch (progress) {
      case Progress.Done(var data) -> Answer.success(data.phase().name());
      case Progress.Going(_, _, _) -> Answer.success(schema.schema().phase().name());
      case Progress.Refused(var reason) -> refusal(request, reason);
      case Progress.Blocked(var reason, _) -> refusal(request, reason);
    };
  }

  private Answer failed(Request request, Throwable thrown) {
    LOG.log(Level.ERROR, () -> request + " failed", thrown);
    return refusal(
        request,
        "Rollcall's migrate function failed: "
            + thrown.getClass().getSimpleName()
            + ". Its log says more. Nothing is lost: deploy again.");
  }

  private Answer refusal(Request request, String reason) {
    if (stacks.goesBack(request)) {
      LOG.log(Level.ERROR, "{0} is degraded: {1}", request, reason);
      return Answer.degraded(reason);
    }
    LOG.log(Level.WARNING, "{0} is refused: {1}", request, reason);
    return Answer.failed(reason);
  }

  private static void pause(Watch watch, Instant end) {
    var left = Duration.between(watch.now(), end);
    if (left.isPositive()) {
      watch.pause(left);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted while the data had to wait");
    }
  }

  private Instant until(Instant end) {
    var patient = clock.instant().plus(PATIENCE);
    var margin = before(end, MARGIN, 2);
    return margin.isBefore(patient) ? margin : patient;
  }

  /// A margin before the end, or that part of the time that is left.
  private Instant before(Instant end, Duration margin, int part) {
    var share = Duration.between(clock.instant(), end).dividedBy(part);
    return end.minus(share.compareTo(margin) < 0 ? share : margin);
  }
}
