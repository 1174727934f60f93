package dev.rollcall.core.project;

import java.time.Instant;

/// A key of the management API, as far as it is kept: its secret is not.
///
/// @param prefix the first characters of the secret, by which people tell keys apart
public record ApiKey(ProjectId project, Access access, String prefix, Instant createdAt) {

  /// How much of a secret may be shown.
  public static final int PREFIX_LENGTH = 8;

  /// What a key may do.
  public enum Access {
    READ_WRITE,
    READ_ONLY
  }
}
