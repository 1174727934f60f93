package dev.rollcall.integration;

/// What of the tables does not answer.
enum Outage {
  NONE,
  STATE_TABLE,
  BOTH_TABLES
}
