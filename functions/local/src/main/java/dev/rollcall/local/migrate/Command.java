package dev.rollcall.local.migrate;

import dev.rollcall.local.command.Place;
import dev.rollcall.local.command.PlaceOptions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What somebody typed.
///
/// @param to the level; null for that of the documents
/// @param through the last migration to be final; empty unless it is asked for
/// @param lossy whether the way back may lose what documents declare
/// @param documents null for this build's
/// @param release what the release of other documents is called; null for a name by their folder
/// @param yes nobody is asked
record Command(
    Verb verb,
    Place place,
    @Nullable Integer to,
    String through,
    boolean lossy,
    @Nullable Path documents,
    @Nullable String release,
    boolean yes,
    boolean json) {

  static final String USAGE =
      """
      usage: ./rollcall migrate COMMAND [OPTION ...]

        status                      what the data says of its level, its releases and its history
        plan [--to N]               what would be done to reach level N; changes nothing
        apply [--to N]              bring the data up to level N
        rollback --to N [--lossy]   take the data back to level N
        finalise --through ID       give up the way back behind migration ID and all before it,
                                    or what is left of them where they were taken back
        pause, resume               stop the work before its next page; go on with it

      """
          + PlaceOptions.USAGE
          + """
            --documents DIR             the migrations in DIR instead of this build's  [--release NAME]
            --yes                       do not ask before something is lost
            --json                      print JSON

          N is the highest level of the documents unless it is given.
          """;

  /// What to do.
  enum Verb {
    STATUS,
    PLAN,
    APPLY,
    ROLLBACK,
    FINALISE,
    PAUSE,
    RESUME
  }

  /// @throws IllegalArgumentException saying what is wrong
  static Command parse(List<String> arguments) {
    var rest = new ArrayDeque<>(arguments);
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("there is no command");
    }
    var read = new Reading(verb(rest.pop()));
    while (!rest.isEmpty()) {
      read.option(rest.pop(), rest);
    }
    return read.command();
  }

  private static Verb verb(String word) {
    return Arrays.stream(Verb.values())
        .filter(verb -> word(verb).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no command %s; there are %s"
                    .formatted(
                        word,
                        Arrays.stream(Verb.values())
                            .map(Command::word)
                            .collect(Collectors.joining(", ")))));
  }

  private static String word(Verb verb) {
    return verb.name().toLowerCase(Locale.ROOT);
  }

  /// A command while it is read.
  private static final class Reading {
    private final Verb verb;
    private final PlaceOptions place = new PlaceOptions();
    private @Nullable Integer to;
    private String through = "";
    private boolean lossy;
    private @Nullable Path documents;
    private @Nullable String release;
    private boolean yes;
    private boolean json;

    Reading(Verb verb) {
      this.verb = verb;
    }

    void option(String option, ArrayDeque<String> rest) {
      if (place.read(option, rest)) {
        return;
      }
      switch (option) {
        case "--to" -> to = level(PlaceOptions.value(option, rest));
        case "--through" -> through = PlaceOptions.value(option, rest);
        case "--lossy" -> lossy = true;
        case "--documents" -> documents = Path.of(PlaceOptions.value(option, rest));
        case "--release" -> release = PlaceOptions.value(option, rest);
        case "--yes" -> yes = true;
        case "--json" -> json = true;
        default -> throw new IllegalArgumentException("there is no option " + option);
      }
    }

    Command command() {
      belongs("--to", to != null, Verb.PLAN, Verb.APPLY, Verb.ROLLBACK);
      belongs("--lossy", lossy, Verb.ROLLBACK);
      belongs("--through", !through.isEmpty(), Verb.FINALISE);
      if (verb == Verb.ROLLBACK && to == null) {
        throw new IllegalArgumentException(
            "rollback needs --to, the level to take the data back to");
      }
      if (verb == Verb.FINALISE && through.isEmpty()) {
        throw new IllegalArgumentException("finalise needs --through, the id of a migration");
      }
      if (release != null && documents == null) {
        throw new IllegalArgumentException("--release names the release of --documents");
      }
      return new Command(verb, place.place(), to, through, lossy, documents, release, yes, json);
    }

    private void belongs(String option, boolean isGiven, Verb... verbs) {
      if (isGiven && !List.of(verbs).contains(verb)) {
        throw new IllegalArgumentException(word(verb) + " has no option " + option);
      }
    }

    private static int level(String text) {
      if (!text.matches("[1-9][0-9]{0,5}")) {
        throw new IllegalArgumentException("--to needs a level from 1 on, not " + text);
      }
      return Integer.parseInt(text);
    }
  }
}
