package dev.rollcall.core.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run of a job that has started and has not ended.
///
/// @param id what the start ping called it, or null when it named no run
public record Run(@Nullable RunId id, Instant startedAt) {}
