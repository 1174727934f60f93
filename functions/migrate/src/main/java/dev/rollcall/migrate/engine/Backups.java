package dev.rollcall.migrate.engine;

import java.time.Instant;
import java.util.Optional;

/// Makes backups of the table, for disaster; going back does not need them.
@FunctionalInterface
public interface Backups {

  /// Of a table that nobody can restore.
  Backups NONE =
      new Backups() {
        @Override
        public Optional<Instant> mark(Instant now) {
          return Optional.empty();
        }

        @Override
        public String take(String migration) {
          return "none: this table has no backups";
        }
      };

  /// The instant to which the table can be restored as it is now, or empty where it is known that
  /// it cannot. Asked before each migration.
  default Optional<Instant> mark(Instant now) {
    return Optional.of(now);
  }

  /// Asks for a backup before a migration begins that wants one of its own.
  ///
  /// @param migration its id
  /// @return the backup's name
  String take(String migration);
}
