package dev.rollcall.core.check;

/// A ping as it arrived, before the check's own rules decide what it means.
///
/// @param asked what its address asks for
/// @param method the HTTP method, in capitals; empty for mail
/// @param text the text that keywords are looked for in
public record Arrival(Signal asked, String method, String text) {}
