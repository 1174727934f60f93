package dev.rollcall.local.migrate;

import dev.rollcall.local.CannotStart;
import dev.rollcall.local.command.Data;
import dev.rollcall.local.command.NoData;
import dev.rollcall.local.command.Place;
import dev.rollcall.local.command.Terminal;
import dev.rollcall.migrate.deploy.TableBackups;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.store.RawItems;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/// `./rollcall migrate`: looks at migrations, and runs them, by hand. A deployment needs none of
/// this.
///
/// The exit status is 0 when all is done or nothing was to do, 1 when it was refused or failed,
/// with the reason on standard error, and 2 when the command was wrong.
public final class Migrate {
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int MISUSED = 2;

  private final Terminal terminal;
  private final String who;

  /// @param who the operator, for the history
  Migrate(Terminal terminal, String who) {
    this.terminal = terminal;
    this.who = who;
  }

  public static void main(String[] arguments) {
    var who = System.getProperty("user.name", "somebody");
    System.exit(new Migrate(Terminal.ofProcess(), who).run(List.of(arguments)));
  }

  /// @return the exit status
  int run(List<String> arguments) {
    Command command;
    try {
      command = Command.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      terminal.err().println("rollcall migrate: " + wrong.getMessage());
      terminal.err().print(Command.USAGE);
      return MISUSED;
    }
    try {
      return run(command) ? DONE : REFUSED;
    } catch (CannotMigrate | NoData | CannotStart reason) {
      return failed(String.valueOf(reason.getMessage()));
    } catch (SdkServiceException refusal) {
      return failed(
          "the table refuses what was asked of it; when that is mended, say the same again: "
              + refusal.getMessage());
    } catch (SdkException failure) {
      return failed(
          "the table does not answer, and the work can be gone on with: " + failure.getMessage());
    }
  }

  private int failed(String reason) {
    terminal.progressEnds();
    terminal.err().println("rollcall migrate: " + reason);
    return REFUSED;
  }

  private boolean run(Command command) {
    var edition = Edition.of(command.documents(), command.release());
    try (var data = Data.open(command.place())) {
      var setup = setup(data);
      var items = new RawItems(data.client(), data.tables());
      var migrator =
          new Migrator(items, edition.release(), edition.documents(), setup, !edition.isTrial());
      return new Session(terminal, command, edition, migrator, setup.watch(), who).run();
    }
  }

  private Setup setup(Data data) {
    return switch (data.place()) {
      case Place.Desk _ -> Setup.alone(who, data.clock());
      case Place.Cloud _, Place.Stack _ ->
          Setup.cloud(
              who, Policy.USUAL, new TableBackups(data.client(), data.tables(), data.clock()));
    };
  }
}
