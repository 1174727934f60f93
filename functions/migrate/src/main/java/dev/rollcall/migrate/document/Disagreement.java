package dev.rollcall.migrate.document;

/// An example that comes out otherwise than its document says.
///
/// @param line of the example
/// @param difference what comes out, and what should have
public record Disagreement(int line, String difference) {}
