package dev.rollcall.store;

import dev.rollcall.core.check.Details;

/// A check, whole.
public record CheckRecord(CheckItem item, Details details) {}
