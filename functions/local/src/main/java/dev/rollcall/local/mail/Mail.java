package dev.rollcall.local.mail;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A mail that was caught.
///
/// @param to the plain addresses that it would have gone to
/// @param from its From header, decoded
/// @param subject decoded; empty when it has none
/// @param text its plain text; empty when it has none
/// @param html its HTML; empty when it has none
/// @param headers all headers, decoded and unfolded, by name; the names' case makes no difference
/// @param at when it was caught
public record Mail(
    List<String> to,
    String from,
    String subject,
    String text,
    String html,
    Map<String, List<String>> headers,
    Instant at) {

  public Mail {
    to = List.copyOf(to);
    var named = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> named.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(named);
  }
}
