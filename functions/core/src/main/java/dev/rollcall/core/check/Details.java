package dev.rollcall.core.check;

import dev.rollcall.core.project.ChannelId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// The part of a check that pings do not change: what people call it, its keywords, and whom it
/// tells.
///
/// @param tags words separated by blanks, as they were written
/// @param zone the time zone of its calendar schedules, kept while a simple period is in use
/// @param filterSubject the subject of a mail is searched for keywords
/// @param filterMailBody the body of a mail is searched for keywords
/// @param badgeKey the name under which its badge is public; tells nothing of its ping URL
public record Details(
    CheckId id,
    String name,
    String slug,
    String tags,
    String description,
    ZoneId zone,
    Keywords keywords,
    boolean filterSubject,
    boolean filterMailBody,
    SortedSet<ChannelId> channels,
    UUID badgeKey,
    Instant createdAt) {

  public Details {
    channels = Collections.unmodifiableSortedSet(new TreeSet<>(channels));
  }

  /// What the texts of its pings are searched for, and where.
  public Filters filters() {
    return new Filters(keywords, filterSubject, filterMailBody);
  }

  /// Its tags one by one. Only a blank separates them: a tab is part of a tag. The rule is the
  /// reference's.
  public List<String> tagList() {
    return Arrays.stream(tags.split(" ")).map(String::strip).filter(tag -> !tag.isEmpty()).toList();
  }

  /// The same, with other channels.
  public Details telling(SortedSet<ChannelId> others) {
    return new Details(
        id,
        name,
        slug,
        tags,
        description,
        zone,
        keywords,
        filterSubject,
        filterMailBody,
        others,
        badgeKey,
        createdAt);
  }
}
