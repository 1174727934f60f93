package dev.rollcall.migrate.engine;

/// Makes backups of the table, for disaster; going back does not need them.
public interface Backups {

  /// Asks for a backup before a migration begins that wants one of its own.
  ///
  /// @param migration its id
  /// @return the backup's name
  String take(String migration);
}
