package dev.rollcall.core.check;

import org.jspecify.annotations.Nullable;

/// What a ping tells about a job.
public sealed interface Signal {

  /// The run that the ping names, or null.
  @Nullable RunId run();

  /// The job has begun.
  record Start(@Nullable RunId run) implements Signal {}

  /// The job has ended well.
  record Success(@Nullable RunId run) implements Signal {}

  /// The job has ended badly.
  record Failure(@Nullable RunId run) implements Signal {}

  /// Something to keep in the log; says nothing of how the job fares.
  record Log(@Nullable RunId run) implements Signal {}

  /// A ping that the check's own rules set aside: counted, logged, without effect.
  record Ignored(@Nullable RunId run) implements Signal {}

  /// In the log, what only a newer release knows. No ping is heard as one.
  record Unknown(@Nullable RunId run) implements Signal {}
}
