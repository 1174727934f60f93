package dev.rollcall.api;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.store.FailedAttempts;
import dev.rollcall.store.ProjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Finds API keys, and limits how often in a minute wrong ones are answered as such: by address,
/// and by what a key begins with. A right key is never refused, so nobody is locked out by what
/// others send; `docs/decisions/0010-wrong-keys.md` says why that is enough. Safe for threads.
final class Keyring {

  /// How long every API key is.
  static final int KEY_LENGTH = 32;

  private static final int MINUTE = 60;

  /// The longest address that is told from others. Real ones have up to 45 characters; a proxy may
  /// name anything.
  private static final int ADDRESS_LENGTH = 64;

  private final ProjectStore projects;
  private final FailedAttempts attempts;
  private final int limit;
  private volatile Offenders offenders = new Offenders(0);

  /// @param limit how many failures in a minute are answered as such; 0 for no limit
  Keyring(ProjectStore projects, FailedAttempts attempts, int limit) {
    this.projects = projects;
    this.attempts = attempts;
    this.limit = limit;
  }

  /// What a secret is.
  sealed interface Found {
    record Key(ApiKey key) implements Found {}

    record Wrong() implements Found {}

    /// It is wrong, like too many before it.
    ///
    /// @param retryAfter how long until the next may be tried
    record TooMany(Duration retryAfter) implements Found {}
  }

  /// Who is over the limit in a minute, as far as this process has seen. They are not counted any
  /// further: whoever floods is not to run up write units as well.
  private record Offenders(long minute, Set<String> names) {
    private Offenders(long minute) {
      this(minute, ConcurrentHashMap.newKeySet());
    }
  }

  /// The key with this secret: one read, and nothing more when there is one.
  ///
  /// @param address where the secret comes from
  Found find(String secret, String address, Instant now) {
    if (secret.length() != KEY_LENGTH) {
      return fail(Stream.of(name(address)), now);
    }
    return projects
        .key(secret)
        .<Found>map(Found.Key::new)
        .orElseGet(() ->
            fail(
                Stream.of(name(address), "key " + secret.substring(0, ApiKey.PREFIX_LENGTH)), now));
  }

  /// Says that something that is no API key was tried as a secret, and was wrong.
  ///
  /// @return how long to wait, where that was too often
  Optional<Duration> wrong(String address, Instant now) {
    return fail(Stream.of(name(address)), now) instanceof Found.TooMany(var wait)
        ? Optional.of(wait)
        : Optional.empty();
  }

  private Found fail(Stream<String> names, Instant now) {
    var isOver = limit > 0 && names.anyMatch(name -> isOver(name, now));
    return isOver
        ? new Found.TooMany(Duration.ofSeconds(MINUTE - now.getEpochSecond() % MINUTE))
        : new Found.Wrong();
  }

  private boolean isOver(String name, Instant now) {
    var known = offenders(now);
    if (known.names().contains(name)) {
      return true;
    }
    if (attempts.add(name, now) <= limit) {
      return false;
    }
    known.names().add(name);
    return true;
  }

  private Offenders offenders(Instant now) {
    var minute = now.getEpochSecond() / MINUTE;
    var known = offenders;
    if (known.minute() != minute) {
      known = new Offenders(minute);
      offenders = known;
    }
    return known;
  }

  private static String name(String address) {
    return "address " + address.substring(0, Math.min(address.length(), ADDRESS_LENGTH));
  }
}
