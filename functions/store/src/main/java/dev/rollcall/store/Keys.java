package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.digest.Sha256;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Every key of both tables. Whoever adds one adds it to `docs/table.md`.
final class Keys {
  static final String PK = "pk";
  static final String SK = "sk";

  /// Index: the children of a project, oldest first.
  static final String BY_PARENT = "by-parent";

  static final String PARENT = "parent";
  static final String CHILD = "child";

  /// Index: what is due, by shard and instant.
  static final String BY_DUE = "due";

  static final String DUE_SHARD = "dueShard";
  static final String DUE = "due";

  /// When a log entry is deleted, in seconds since 1970.
  static final String EXPIRES = "expires";

  static final String HOT = "HOT";
  static final String DETAIL = "DETAIL";
  static final String ITEM = "ITEM";
  static final String COUNT = "COUNT";
  static final String LOOKUP = "LOOKUP";

  /// What the data says of its own shape. Only the migrate function writes here.
  static final String META = "META";

  static final String SCHEMA = "SCHEMA";
  static final String RELEASE_PREFIX = "REL#";

  /// Who drains a shard of the inbox right now.
  static final String LEASE = "LEASE";

  static final String PROJECT_PREFIX = "PROJECT#";
  static final String CHECK_PREFIX = "CHECK#";
  static final String CHANNEL_PREFIX = "CHANNEL#";
  static final String API_KEY_PREFIX = "APIKEY#";

  /// The prefixes of a check's log entries.
  static final String PING_PREFIX = "P#";

  static final String FLIP_PREFIX = "F#";
  static final String NOTIFICATION_PREFIX = "N#";
  static final String AGENDA_PREFIX = "A#";

  /// How many shards the due index has. Every sweep asks each; more shards allow more writes a
  /// second.
  static final int SHARDS = 8;

  private Keys() {}

  static Map<String, AttributeValue> hot(CheckId check) {
    return key(check(check), HOT);
  }

  static Map<String, AttributeValue> detail(CheckId check) {
    return key(check(check), DETAIL);
  }

  static String check(CheckId check) {
    return CHECK_PREFIX + check;
  }

  static CheckId checkId(String pk) {
    return new CheckId(UUID.fromString(pk.substring(CHECK_PREFIX.length())));
  }

  /// Empty for keys of anything but a check's hot item.
  static Optional<CheckId> asCheck(String pk, String sk) {
    try {
      return pk.startsWith(CHECK_PREFIX) && sk.equals(HOT)
          ? Optional.of(checkId(pk))
          : Optional.empty();
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
  }

  static String project(ProjectId project) {
    return PROJECT_PREFIX + project;
  }

  static ProjectId projectId(String pk) {
    return new ProjectId(UUID.fromString(pk.substring(PROJECT_PREFIX.length())));
  }

  static String channel(ChannelId channel) {
    return CHANNEL_PREFIX + channel;
  }

  static Map<String, AttributeValue> checkCount(ProjectId project) {
    return key(project(project), COUNT);
  }

  static Map<String, AttributeValue> slug(ProjectId project, String slug) {
    return key(project(project), "SLUG#" + slug);
  }

  static Map<String, AttributeValue> uniqueKey(String uniqueKey) {
    return key("UNIQUE#" + uniqueKey, LOOKUP);
  }

  static Map<String, AttributeValue> badgeKey(String badgeKey) {
    return key("BADGE#" + badgeKey, LOOKUP);
  }

  /// In the log, which forgets it.
  static Map<String, AttributeValue> claim(ProjectId project, String identity) {
    return key("CLAIM#" + project + "#" + Sha256.hex(identity), LOOKUP);
  }

  /// In the log: a shard of the inbox.
  static String inbox(int shard) {
    return "INBOX#" + shard;
  }

  /// Pings of the inbox sort by when they arrived. Digits sort before [#LEASE].
  static String waiting(Instant arrivedAt, String id) {
    return padded(Micros.of(arrivedAt), 16) + "#" + id;
  }

  /// In the log, which forgets it.
  static Map<String, AttributeValue> mail(String request) {
    return key("MAIL#" + request, LOOKUP);
  }

  /// In the log, which forgets it.
  ///
  /// @param minute since 1970
  static Map<String, AttributeValue> failed(String from, long minute) {
    return key("FAILED#" + from + "#" + minute, COUNT);
  }

  static String apiKey(String secret) {
    return API_KEY_PREFIX + Sha256.hex(secret);
  }

  static Map<String, AttributeValue> pingKey(String pingKey) {
    return key("PINGKEY#" + pingKey, LOOKUP);
  }

  /// Children sort by the time they were made, then by id.
  static String child(String prefix, Instant createdAt, String id) {
    return prefix + padded(Micros.of(createdAt), 16) + "#" + id;
  }

  static String ping(long number) {
    return PING_PREFIX + padded(number, 12);
  }

  static String flip(long number) {
    return FLIP_PREFIX + padded(number, 12);
  }

  static String notifications(ChannelId channel) {
    return NOTIFICATION_PREFIX + channel + "#";
  }

  static String notification(ChannelId channel, long flip) {
    return notifications(channel) + padded(flip, 12);
  }

  /// In the log, which forgets it long after nothing was told any more.
  static Map<String, AttributeValue> agenda(Route route) {
    return key(check(route.check()), AGENDA_PREFIX + route.channel());
  }

  static ChannelId agendaChannel(String sk) {
    return new ChannelId(UUID.fromString(sk.substring(AGENDA_PREFIX.length())));
  }

  static String shard(CheckId check) {
    return shard(Math.floorMod(check.value().hashCode(), SHARDS));
  }

  static String shard(int number) {
    return padded(number, 2);
  }

  /// A number whose text sorts as it does. Several are written with each ping, which is no place
  /// for a formatter.
  private static String padded(long number, int digits) {
    var text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
  }
}
