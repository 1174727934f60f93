package dev.rollcall.local.project;

import dev.rollcall.core.channel.Channels;
import dev.rollcall.core.channel.Reading;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.local.command.Place;
import dev.rollcall.local.command.PlaceOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody typed.
sealed interface Command {
  String USAGE =
      """
      usage: ./rollcall project COMMAND [OPTION ...]

        create NAME                 make a project, and print its keys once
        list                        the projects: ids, numbers of checks, names; never keys
        key PROJECT                 its API keys: what they may do, their first characters, their age
        key PROJECT --rotate        a new API key in the place of those there are, printed once
        key PROJECT --add           a new API key beside them, printed once
        key PROJECT --revoke START  refuse the API key that begins with START

      PROJECT is a project's id, or its name where no other has that.

        --read-only                 with --rotate and --add: of the API keys that may only read
        --mail ADDRESS              of a new project: make a channel that mails alerts to ADDRESS
      """
          + PlaceOptions.USAGE;

  /// The kind of the channel that `--mail` makes.
  String MAIL = "email";

  String READ_ONLY = "--read-only";

  /// As long as names of channels may be.
  int LONGEST_NAME = 100;

  Place place();

  /// @param mail where alerts go; null for nowhere yet
  record Create(Place place, String name, @Nullable String mail) implements Command {}

  record Listing(Place place) implements Command {}

  /// @param project an id or a name
  record Key(Place place, String project, Act act) implements Command {}

  /// What happens to the API keys of a project.
  sealed interface Act {
    record Look() implements Act {}

    record Rotate(ApiKey.Access access) implements Act {}

    record Add(ApiKey.Access access) implements Act {}

    /// @param start how the key begins
    record Revoke(String start) implements Act {}
  }

  /// @throws IllegalArgumentException saying what is wrong
  static Command parse(List<String> arguments) {
    var rest = new ArrayDeque<>(arguments);
    var verb = rest.poll();
    if (verb == null) {
      throw new IllegalArgumentException("there is no command");
    }
    return switch (verb) {
      case "create" -> create(rest);
      case "list" -> listing(rest);
      case "key" -> key(rest);
      default ->
          throw new IllegalArgumentException(
              "there is no command %s; there are create, list, key".formatted(verb));
    };
  }

  private static Command create(ArrayDeque<String> rest) {
    @Nullable String name = null;
    @Nullable String mail = null;
    var place = new PlaceOptions();
    while (!rest.isEmpty()) {
      var word = rest.pop();
      if (word.equals("--mail")) {
        mail = PlaceOptions.value(word, rest);
      } else if (word.startsWith("--")) {
        if (!place.read(word, rest)) {
          throw noSuch(word);
        }
      } else if (name == null) {
        name = word;
      } else {
        throw twoNames(name, word);
      }
    }
    if (mail != null) {
      checkMail(mail);
    }
    return new Create(place.place(), checkedName(name), mail);
  }

  private static Command listing(ArrayDeque<String> rest) {
    var place = new PlaceOptions();
    while (!rest.isEmpty()) {
      var word = rest.pop();
      if (!place.read(word, rest)) {
        throw noSuch(word);
      }
    }
    return new Listing(place.place());
  }

  private static Key key(ArrayDeque<String> rest) {
    @Nullable String project = null;
    var acts = new ArrayList<Act>();
    var access = rest.remove(READ_ONLY) ? ApiKey.Access.READ_ONLY : ApiKey.Access.READ_WRITE;
    var place = new PlaceOptions();
    while (!rest.isEmpty()) {
      var word = rest.pop();
      switch (word) {
        case "--rotate" -> acts.add(new Act.Rotate(access));
        case "--add" -> acts.add(new Act.Add(access));
        case "--revoke" -> acts.add(new Act.Revoke(PlaceOptions.value(word, rest)));
        default -> {
          if (word.startsWith("--")) {
            if (!place.read(word, rest)) {
              throw noSuch(word);
            }
          } else if (project == null) {
            project = word;
          } else {
            throw twoNames(project, word);
          }
        }
      }
    }
    if (project == null) {
      throw new IllegalArgumentException("key needs the project, by its id or its name");
    }
    if (acts.size() > 1) {
      throw new IllegalArgumentException("--rotate, --add and --revoke exclude each other");
    }
    var act = acts.isEmpty() ? new Act.Look() : acts.getFirst();
    if (access == ApiKey.Access.READ_ONLY
        && (act instanceof Act.Look || act instanceof Act.Revoke)) {
      throw new IllegalArgumentException(READ_ONLY + " needs --rotate or --add");
    }
    return new Key(place.place(), project.strip(), act);
  }

  private static IllegalArgumentException twoNames(String first, String second) {
    return new IllegalArgumentException(
        "there are two names, %s and %s; quote a name that has blanks".formatted(first, second));
  }

  private static IllegalArgumentException noSuch(String word) {
    return new IllegalArgumentException("there is no option " + word);
  }

  private static String checkedName(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("create needs the project's name");
    }
    var stripped = name.strip();
    if (stripped.codePointCount(0, stripped.length()) > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a project's name has at most %d characters".formatted(LONGEST_NAME));
    }
    if (stripped.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a project's name has no control characters");
    }
    return stripped;
  }

  private static void checkMail(String address) {
    var channel = Channels.named(MAIL).orElseThrow();
    if (channel.readNew(Map.of("value", address)) instanceof Reading.Invalid<?>(_, var reason)) {
      throw new IllegalArgumentException("--mail %s %s".formatted(address, reason));
    }
  }
}
