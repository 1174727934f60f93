package dev.rollcall.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.function.ToIntFunction;

/// What a command printed, and how it ended.
public record Ran(int status, String out, String err) {

  /// @param typed what somebody answers when asked
  /// @param command runs on a terminal that nobody watches, and returns its exit status
  public static Ran typing(String typed, ToIntFunction<Terminal> command) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new BufferedReader(new StringReader(typed)),
            false);
    var status = command.applyAsInt(terminal);
    return new Ran(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
