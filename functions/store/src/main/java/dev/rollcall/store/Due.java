package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import java.time.Instant;

/// An entry of the due index: this check wants a look at `at`.
public record Due(CheckId check, Instant at) {}
