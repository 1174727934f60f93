package dev.rollcall.core.schedule;

/// Whether a step of a calendar may be too wide to be taken once, as in `*-*~5/5`: systemd refuses
/// it, and the reference takes the first value alone.
enum Steps {
  MUST_LEAD_ON,
  MAY_LEAD_NOWHERE
}
