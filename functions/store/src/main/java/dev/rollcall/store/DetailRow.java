package dev.rollcall.store;

import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The detail item of a check: what pings do not change.
final class DetailRow {
  static final long VERSION = 1;

  private static final String NAME = "name";
  private static final String SLUG = "slug";
  private static final String TAGS = "tags";
  private static final String DESCRIPTION = "description";
  private static final String ZONE = "zone";
  private static final String START = "startKeywords";
  private static final String SUCCESS = "successKeywords";
  private static final String FAILURE = "failureKeywords";
  private static final String FILTER_SUBJECT = "filterSubject";
  private static final String FILTER_MAIL_BODY = "filterMailBody";
  private static final String CHANNELS = "channels";
  private static final String BADGE_KEY = "badgeKey";
  private static final String CREATED = "created";

  private DetailRow() {}

  static Map<String, AttributeValue> write(ProjectId project, Details details, long rev) {
    var keywords = details.keywords();
    return Row.at(Keys.detail(details.id()))
        .number(CheckRow.V, VERSION)
        .number(CheckRow.REV, rev)
        .text(Keys.PARENT, Keys.project(project))
        .text(
            Keys.CHILD, Keys.child(Keys.CHECK_PREFIX, details.createdAt(), details.id().toString()))
        .text(NAME, details.name())
        .text(SLUG, details.slug())
        .text(TAGS, details.tags())
        .text(DESCRIPTION, details.description())
        .text(ZONE, details.zone().getId())
        .text(START, keywords.start())
        .text(SUCCESS, keywords.success())
        .text(FAILURE, keywords.failure())
        .flag(FILTER_SUBJECT, details.filterSubject())
        .flag(FILTER_MAIL_BODY, details.filterMailBody())
        .texts(CHANNELS, details.channels().stream().map(ChannelId::toString).toList())
        .text(BADGE_KEY, details.badgeKey().toString())
        .number(CREATED, Micros.of(details.createdAt()))
        .attributes();
  }

  /// @throws UnreadableItem when the item is not one that this release can read
  static Details read(Map<String, AttributeValue> attributes, SchemaView schema) {
    var row = Row.of(attributes);
    try {
      schema.admit(row, VERSION, "detail");
      return read(row);
    } catch (IllegalArgumentException | DateTimeException malformed) {
      throw new UnreadableItem("detail item not understood", malformed);
    }
  }

  private static Details read(Row row) {
    return new Details(
        Keys.checkId(row.text(Keys.PK)),
        row.textOrEmpty(NAME),
        row.textOrEmpty(SLUG),
        row.textOrEmpty(TAGS),
        row.textOrEmpty(DESCRIPTION),
        ZoneId.of(row.text(ZONE)),
        new Keywords(row.textOrEmpty(START), row.textOrEmpty(SUCCESS), row.textOrEmpty(FAILURE)),
        row.flag(FILTER_SUBJECT),
        row.flag(FILTER_MAIL_BODY),
        row.texts(CHANNELS).stream()
            .map(id -> new ChannelId(UUID.fromString(id)))
            .collect(Collectors.toCollection(TreeSet::new)),
        UUID.fromString(row.text(BADGE_KEY)),
        Micros.instant(row.number(CREATED)));
  }
}
