package dev.rollcall.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/// Where a command reads and prints.
///
/// @param isWatched somebody sees it while it works: progress is shown
public record Terminal(PrintStream out, PrintStream err, BufferedReader in, boolean isWatched) {

  @SuppressWarnings("SystemConsoleNull") // It does, from JDK 25 on: the built-in console is back.
  public static Terminal ofProcess() {
    var console = System.console();
    return new Terminal(
        new PrintStream(System.out, true, UTF_8),
        new PrintStream(System.err, true, UTF_8),
        new BufferedReader(new InputStreamReader(System.in, UTF_8)),
        console != null && console.isTerminal());
  }

  /// Replaces the line of progress.
  public void progress(String line) {
    if (isWatched) {
      err.print("\r\u001b[K" + line);
      err.flush();
    }
  }

  /// Removes it.
  public void progressEnds() {
    progress("");
  }

  /// Asks for a word.
  ///
  /// @return whether it was typed
  public boolean isTyped(String question, String word) {
    err.print(question + " Type " + word + " to go on: ");
    err.flush();
    try {
      var line = in.readLine();
      return line != null && line.strip().equals(word);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
