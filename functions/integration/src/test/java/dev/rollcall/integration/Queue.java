package dev.rollcall.integration;

import java.util.Locale;

/// The queues that functions take from, by their names in settings.
enum Queue {
  FLIPS,
  DUE,
  DELIVERIES,
  INBOX;

  /// What the queue's name ends with.
  String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The setting that holds the queue's URL.
  String variable() {
    return "ROLLCALL_" + name() + "_QUEUE";
  }
}
