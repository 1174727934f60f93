package dev.rollcall.local.migrate;

import dev.rollcall.local.command.Terminal;
import dev.rollcall.migrate.document.Loss;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Report;
import dev.rollcall.migrate.engine.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/// Does what a command says.
record Session(
    Terminal terminal,
    Command command,
    Edition edition,
    Migrator migrator,
    Watch watch,
    String who) {

  /// How long one call works; after each, progress is shown.
  private static final Duration STEP = Duration.ofSeconds(2);

  /// @return whether all is done, or nothing was to do
  boolean run() {
    return switch (command.verb()) {
      case STATUS -> status();
      case PLAN -> plan();
      case APPLY -> apply();
      case ROLLBACK -> rollback();
      case FINALISE -> finalise();
      case PAUSE -> pause();
      case RESUME -> resume();
    };
  }

  private boolean status() {
    var report = migrator.status();
    print(
        command.json()
            ? Machine.status(report, edition.release())
            : Words.status(report, edition.release()));
    return true;
  }

  private boolean plan() {
    var plan = migrator.plan(target());
    print(command.json() ? Machine.plan(plan) : Words.plan(plan));
    return plan.refusal().isEmpty()
        && plan.steps().stream().allMatch(step -> step.failing().isEmpty());
  }

  private boolean apply() {
    var report = migrator.status();
    var level = report.schema().level().orElse(target());
    if (level > target()) {
      return end(
          new Progress.Refused(
              "the data is at level %d, and %s leads to level %d. `rollback --to %d` takes it back"
                  .formatted(level, edition.release().name(), target(), target())),
          report);
    }
    return work(until -> migrator.settle(target(), who, until));
  }

  private boolean rollback() {
    if (command.lossy() && !command.yes()) {
      for (var step : migrator.plan(target()).steps()) {
        if (!step.loss().isEmpty()
            && !agreed(
                "Taking back %s (%s) loses %s.".formatted(step.id(), step.title(), step.loss()),
                step.id())) {
          return false;
        }
      }
    }
    return work(until -> migrator.rollback(target(), who, command.lossy(), until));
  }

  /// A loss that nobody has agreed to is what `--lossy` is for.
  private Progress hinted(Progress progress) {
    return progress instanceof Progress.Refused(var reason)
            && command.verb() == Command.Verb.ROLLBACK
            && !command.lossy()
            && migrator.plan(target()).steps().stream().anyMatch(step -> !step.loss().isEmpty())
        ? new Progress.Refused(reason + ", or here with --lossy")
        : progress;
  }

  private boolean finalise() {
    var id = command.through();
    var question =
        isTakenBack(id)
            ? "What items have left of %s, which was taken back, is thrown away; upgrades make it anew."
                .formatted(id)
            : "There is no way back behind %s then%s.".formatted(id, lostWith(id));
    if (!command.yes() && !agreed(question, id)) {
      return false;
    }
    return work(until -> migrator.finalise(id, who, until));
  }

  private boolean isTakenBack(String id) {
    return migrator.status().history().stream()
        .anyMatch(past -> past.id().equals(id) && past.state().equals("rolled_back"));
  }

  private String lostWith(String id) {
    return edition
        .document(id)
        .map(Migration::loss)
        .map(Loss::finalised)
        .filter(loss -> !loss.equals("none"))
        .map(loss -> ", and this is lost for good: " + loss)
        .orElse("");
  }

  private boolean agreed(String question, String id) {
    var isAgreed = terminal.isTyped(question, id);
    if (!isAgreed) {
      terminal.err().println("\nrollcall migrate: nothing was done");
    }
    return isAgreed;
  }

  private boolean pause() {
    if (!migrator.pause(true)) {
      throw new CannotMigrate(
          migrator.status().unclear().isEmpty()
              ? "nothing was ever migrated here: there is nothing to pause"
              : "META is not understood: `status` says what of it");
    }
    return said("Paused. Whoever works stops before its next page; `resume` goes on.");
  }

  private boolean resume() {
    migrator.pause(false);
    return work(migrator::tick);
  }

  private boolean said(String words) {
    if (command.json()) {
      print(Machine.status(migrator.status(), edition.release()));
    } else {
      print(words + "\n");
    }
    return true;
  }

  /// Calls until there is nothing more to wait for.
  private boolean work(Function<Instant, Progress> call) {
    var before = migrator.status();
    while (true) {
      var progress = call.apply(watch.now().plus(STEP));
      if (!(progress instanceof Progress.Going going)) {
        return end(hinted(progress), before);
      }
      var report = migrator.status();
      if (report.paused()) {
        throw new CannotMigrate("the work is paused; `resume` goes on with it");
      }
      terminal.progress(Words.progress(report, going, watch.now().isBefore(going.again())));
      while (watch.now().isBefore(going.again())) {
        watch.pause(Duration.ofSeconds(1));
      }
    }
  }

  private boolean end(Progress progress, Report before) {
    terminal.progressEnds();
    var isChanged = !migrator.status().events().equals(before.events());
    var isDone = progress instanceof Progress.Done;
    if (command.json()) {
      print(Machine.end(progress, isChanged));
    } else {
      (isDone ? terminal.out() : terminal.err()).println(Words.end(progress, isChanged));
    }
    return isDone;
  }

  private int target() {
    return Objects.requireNonNullElse(command.to(), edition.release().level());
  }

  private void print(String text) {
    terminal.out().print(text);
    terminal.out().flush();
  }
}
