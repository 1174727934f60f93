package dev.rollcall.core.channel;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.check.Tally;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.project.Site;
import dev.rollcall.core.schedule.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that people are told, with all that a message about it may say.
public sealed interface Alert {

  /// What the alert is about.
  Subject subject();

  /// What happened.
  Flip flip();

  /// A check and its surroundings when the alert is rendered, which may be after it has flipped
  /// again.
  ///
  /// @param project the name of the project; may be empty
  /// @param ping the newest ping that the check had heard at the flip, or null when there is none
  ///   or the log does not have it
  /// @param now when the alert is rendered
  record Subject(
      Check check, Details details, String project, Site site, @Nullable Ping ping, Instant now) {}

  /// The check went down.
  ///
  /// @param until when it came up again, if that is known: the alert is late. Null while it is down
  record WentDown(Subject subject, Flip flip, @Nullable Instant until) implements Alert {

    /// Of a check that is down still.
    public WentDown(Subject subject, Flip flip) {
      this(subject, flip, null);
    }
  }

  /// The check came up again.
  ///
  /// @param since when it had gone down, or null when that is no longer known
  record CameUp(Subject subject, Flip flip, @Nullable Instant since) implements Alert {}

  /// The check flipped so often while the channel could not be told that one message counts the
  /// rest.
  ///
  /// @param flip the last of them
  /// @param turn the last that led the other way, or null when all led one way
  /// @param falls how often it went down
  /// @param recoveries how often it came up again
  /// @param since when the first of them happened
  record Several(
      Subject subject, Flip flip, @Nullable Flip turn, int falls, int recoveries, Instant since)
      implements Alert {}

  /// Somebody tries out a channel: a made-up check went down.
  record Test(Subject subject, Flip flip) implements Alert {}

  /// A test of a channel, about a check that does not exist.
  static Test test(ProjectId project, String projectName, Site site, Instant now) {
    var lastPing = now.minus(Duration.ofDays(1));
    var id = new CheckId(new UUID(0, 0));
    var check =
        new Check(
            id,
            project,
            new Every(Duration.ofDays(1)),
            Duration.ofHours(1),
            Rules.NONE,
            new State.Down(now, Reason.TIMEOUT, lastPing),
            null,
            null,
            42,
            1,
            Tally.NONE);
    var details =
        new Details(
            id,
            "TEST",
            "test",
            "foo bar baz",
            "",
            ZoneOffset.UTC,
            Keywords.NONE,
            false,
            false,
            new TreeSet<>(),
            id.value(),
            lastPing);
    var flip = new Flip(id, 1, now, Status.UP, Status.DOWN, Reason.TIMEOUT, 42);
    return new Test(new Subject(check, details, projectName, site, null, now), flip);
  }
}
