package dev.rollcall.migrate.engine;

/// Names in the partition META. Its layout is frozen, format 1: every release, older ones included,
/// reads it. Keys and attributes may be added; none changes its meaning. What a release finds there
/// that it does not understand all the same is a doubt of [Known].
final class Meta {
  /// What this release writes and understands.
  static final int FORMAT = 1;

  static final String MIGRATION = "MIG#";
  static final String OF_PASS = "#PASS";
  static final String EVENT = "EVT#";
  static final String RELEASE = "REL#";

  static final String META_FORMAT = "metaFormat";
  static final String GEN = "gen";
  static final String INTENT = "intent";
  static final String DIR = "dir";
  static final String ID = "id";
  static final String TARGET = "target";
  static final String REQUEST_ID = "requestId";
  static final String LOSSY = "lossy";
  static final String OWNER = "owner";
  static final String LEASE_UNTIL = "leaseUntil";
  static final String NOT_BEFORE = "notBefore";
  static final String PAUSED = "paused";
  static final String VOCAB_MAX = "vocabMax";
  static final String RUN = "run";
  static final String PASS = "pass";
  static final String VERIFYING = "verifying";
  static final String BLOCKED_IN = "blockedIn";
  static final String REASON = "reason";
  static final String ITEMS = "items";

  static final String TITLE = "title";
  static final String TEXT = "text";
  static final String SHA256 = "sha256";
  static final String VOCAB = "vocab";
  static final String FROM = "from";
  static final String TO = "to";
  static final String MIN_READER = "minReader";
  static final String MIN_WRITER = "minWriter";
  static final String STATE = "state";
  static final String RELEASE_NAME = "release";
  static final String APPLIED_BY = "appliedBy";
  static final String STARTED_AT = "startedAt";
  static final String APPLIED_AT = "appliedAt";
  static final String ROLLED_BACK_AT = "rolledBackAt";
  static final String FINALISED_AT = "finalisedAt";
  static final String PITR_AT = "pitrAt";
  static final String BACKUP_ARN = "backupArn";
  static final String COUNTS = "counts";
  static final String LOSS_ACK = "lossAck";

  static final String CURSOR = "cursor";
  static final String DONE = "done";
  static final String SCANNED = "scanned";
  static final String CHANGED = "changed";
  static final String SKIPPED = "skipped";
  static final String RACED = "raced";
  static final String FAILED = "failed";
  static final String WRITTEN = "written";
  static final String TOTAL = "total";
  static final String UPDATED_AT = "updatedAt";

  static final String AT = "at";
  static final String BY = "by";
  static final String MIGRATION_ID = "migration";

  static final String LEVEL = "level";
  static final String READS_FROM = "readsFrom";
  static final String FIRST_SEEN = "firstSeen";
  static final String LAST_SEEN = "lastSeen";

  /// In items: the generation of the last migration's write.
  static final String GENERATION = "_g";

  private Meta() {}
}
