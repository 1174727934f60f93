package dev.rollcall.migrate.deploy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Patience with rights that are new. Services hear of a role, and of what it may do, some seconds
/// after CloudFormation has made it, and refuse it until then. A deployment asks this function
/// seconds after its role was made.
record Rights(InstantSource clock, SchemaResource.Pauses pauses) {
  private static final Logger LOG = System.getLogger(Rights.class.getName());

  /// A right that is not there by then is missing.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(3);

  /// Each also with `Exception` at its end. The last two are said of credentials that are as new.
  private static final Set<String> REFUSALS =
      Set.of("AccessDenied", "UnrecognizedClient", "InvalidAccessKeyId");

  /// Does what may be done again from its beginning.
  ///
  /// @throws RuntimeException as `work` does when it still is refused after [#PATIENCE], or when it
  ///   fails for another reason
  <T> T awaited(Supplier<T> work) {
    var end = clock.instant().plus(PATIENCE);
    while (true) {
      try {
        return work.get();
      } catch (RuntimeException failure) {
        if (!isRefusal(failure) || !clock.instant().isBefore(end)) {
          throw failure;
        }
        LOG.log(Level.INFO, "a right is not there yet");
        pauses.until(clock.instant().plus(PAUSE));
      }
    }
  }

  private static boolean isRefusal(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause ->
            cause instanceof AwsServiceException refused && isRefusal(refused.awsErrorDetails()));
  }

  private static boolean isRefusal(@Nullable AwsErrorDetails details) {
    return details != null
        && details.errorCode() != null
        && REFUSALS.contains(details.errorCode().replaceFirst("Exception$", ""));
  }
}
