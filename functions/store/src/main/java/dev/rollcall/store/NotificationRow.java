package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import java.util.UUID;

/// A notification as a log entry.
final class NotificationRow {
  private static final String AT = "at";
  private static final String OUTCOME = "outcome";
  private static final String ERROR = "error";

  private NotificationRow() {}

  static void write(Notification notification, Row row) {
    row.number(AT, Micros.of(notification.at()))
        .text(OUTCOME, FlipRow.word(notification.outcome()))
        .text(ERROR, notification.error());
  }

  static Notification read(CheckId check, Row row) {
    var parts = row.text(Keys.SK).split("#", -1);
    return new Notification(
        check,
        Long.parseLong(parts[2]),
        new ChannelId(UUID.fromString(parts[1])),
        Micros.instant(row.number(AT)),
        FlipRow.known(Notification.Outcome.class, row.text(OUTCOME))
            .orElse(Notification.Outcome.UNKNOWN),
        row.textOrNull(ERROR));
  }
}
