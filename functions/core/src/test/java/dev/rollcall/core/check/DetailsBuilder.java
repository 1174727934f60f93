package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.NOON;

import dev.rollcall.core.project.ChannelId;
import java.time.ZoneOffset;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// Descriptions of a check for tests.
final class DetailsBuilder {

  static final UUID BADGE_KEY = new UUID(0, 9);

  private Keywords keywords = Keywords.NONE;
  private boolean filterSubject;
  private boolean filterMailBody;
  private SortedSet<ChannelId> channels = new TreeSet<>();

  private DetailsBuilder() {}

  static DetailsBuilder details() {
    return new DetailsBuilder();
  }

  DetailsBuilder words(Keywords theKeywords) {
    keywords = theKeywords;
    return this;
  }

  DetailsBuilder searching(boolean subject, boolean mailBody) {
    filterSubject = subject;
    filterMailBody = mailBody;
    return this;
  }

  DetailsBuilder telling(SortedSet<ChannelId> theChannels) {
    channels = theChannels;
    return this;
  }

  Details build() {
    return new Details(
        ID,
        "Nightly backup",
        "nightly-backup",
        "db prod",
        "Dumps the database.",
        ZoneOffset.UTC,
        keywords,
        filterSubject,
        filterMailBody,
        channels,
        BADGE_KEY,
        NOON);
  }
}
