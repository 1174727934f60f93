package dev.rollcall.local.project;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Secrets;
import dev.rollcall.local.CannotStart;
import dev.rollcall.local.Projects;
import dev.rollcall.local.command.Data;
import dev.rollcall.local.command.NoData;
import dev.rollcall.local.command.Terminal;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.ProjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;

/// `./rollcall project`: the first project of a stack, and others, with their keys. No deployed
/// function makes any, nor may write an API key.
///
/// The exit status is 0 when all is done, 1 when it was refused or failed, with the reason on
/// standard error, and 2 when the command was wrong.
public final class ManageProjects {
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int MISUSED = 2;

  private final Terminal terminal;

  ManageProjects(Terminal terminal) {
    this.terminal = terminal;
  }

  public static void main(String[] arguments) {
    System.exit(new ManageProjects(Terminal.ofProcess()).run(List.of(arguments)));
  }

  /// @return the exit status
  int run(List<String> arguments) {
    Command command;
    try {
      command = Command.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      failed(String.valueOf(wrong.getMessage()));
      terminal.err().print(Command.USAGE);
      return MISUSED;
    }
    try (var data = Data.open(command.place())) {
      return run(command, data);
    } catch (NoData | CannotStart reason) {
      return failed(String.valueOf(reason.getMessage()));
    } catch (SdkException failure) {
      return failed(unanswered(command, failure) + ". Nothing was changed");
    }
  }

  private static String unanswered(Command command, SdkException failure) {
    return Words.unanswered(command.place(), String.valueOf(failure.getMessage()));
  }

  private int run(Command command, Data data) {
    var gate = new Gate(data.client(), data.tables(), data.clock());
    var fit = gate.fit();
    var isAllowed = changes(command) ? fit == Fit.NORMAL : fit != Fit.UNREADABLE;
    if (!isAllowed) {
      return failed(Words.refused(fit, gate.refusal()));
    }
    return switch (command) {
      case Command.Create create -> create(create, data, gate);
      case Command.Listing _ -> list(data, gate);
      case Command.Key key -> keys(key, data, gate);
    };
  }

  private static boolean changes(Command command) {
    return switch (command) {
      case Command.Create _ -> true;
      case Command.Listing _ -> false;
      case Command.Key(_, _, var act) -> !(act instanceof Command.Act.Look);
    };
  }

  private int keys(Command.Key command, Data data, Gate gate) {
    var store = new ProjectStore(data.client(), data.tables(), gate.view());
    ManageKeys.Answer answer;
    try {
      answer = new ManageKeys(store, data.clock()).run(command);
    } catch (SdkException failure) {
      return failed(
          unanswered(command, failure)
              + (changes(command)
                  ? ". See by `key` what has become of it; a key that is new there is lost: revoke it"
                  : ""));
    }
    if (!answer.isDone()) {
      return failed(answer.text());
    }
    terminal.out().print(answer.text());
    return DONE;
  }

  private int create(Command.Create create, Data data, Gate gate) {
    var store = new ProjectStore(data.client(), data.tables(), gate.view());
    Projects.Made made;
    try {
      made = new Projects(store, data.clock()).create(create.name());
    } catch (SdkException failure) {
      return failed(
          unanswered(create, failure)
              + ". If `list` shows the project, its keys are lost with this answer: make another");
    }
    terminal.out().print(Words.made(made));
    if (create.mail() != null) {
      try {
        mail(create.mail(), made.project(), data, gate);
      } catch (SdkException failure) {
        return failed(
            "the project is made, and its channel for mail is not; the dashboard can make it. "
                + unanswered(create, failure));
      }
      terminal.out().print(Words.mails(create.mail()));
    }
    terminal.out().print(Words.nextStep(data, made));
    return DONE;
  }

  private static void mail(String address, Project project, Data data, Gate gate) {
    new IntegrationStore(data.client(), data.tables(), gate.view())
        .create(
            new Integration(
                new ChannelId(UUID.randomUUID()),
                project.id(),
                Command.MAIL,
                address,
                Map.of("value", address, "down", true, "up", true),
                Secrets.secure().signing(),
                false,
                null,
                data.clock().instant()));
  }

  private int list(Data data, Gate gate) {
    var catalog = new CheckCatalog(data.client(), data.tables(), gate.view());
    var projects =
        new ProjectStore(data.client(), data.tables(), gate.view())
            .all().stream()
                .map(project ->
                    new Words.Listed(
                        project.id().toString(), project.name(), catalog.count(project.id())))
                .sorted(Comparator.comparing(Words.Listed::name).thenComparing(Words.Listed::id))
                .toList();
    terminal.out().print(Words.list(projects));
    return DONE;
  }

  private int failed(String reason) {
    terminal.err().println("rollcall project: " + reason);
    return REFUSED;
  }
}
