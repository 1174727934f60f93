package dev.rollcall.store;

import dev.rollcall.core.project.ApiKey;
import java.time.Instant;
import java.util.Optional;

/// A key of the management API as the table has it.
///
/// @param hash the SHA-256 of its secret, in hexadecimal digits
/// @param prefix how its secret begins
/// @param access empty for one that only a newer release knows
public record KeptKey(
    String hash, String prefix, Optional<ApiKey.Access> access, Instant createdAt) {}
