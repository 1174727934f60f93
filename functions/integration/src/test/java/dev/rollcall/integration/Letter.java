package dev.rollcall.integration;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// A mail that SES has received.
///
/// @param id that SES gave it
/// @param at when SES had it
/// @param to the recipients by the envelope
record Letter(String id, Instant at, List<String> to, String subject, String text) {
  static final String FROM = "root@db1.example.org";

  byte[] raw() {
    return "From: %s\r\nSubject: %s\r\n\r\n%s\r\n"
        .formatted(FROM, subject, text)
        .getBytes(StandardCharsets.UTF_8);
  }
}
