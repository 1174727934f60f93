package dev.rollcall.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the local service is to run.
///
/// @param port to listen on, on the loopback interface; 0 takes a free one
/// @param data the folder that keeps everything, or null to keep all in memory
/// @param timer whether time-driven work runs by itself; otherwise only the control API's sweep
///   does it
record Options(int port, @Nullable Path data, boolean timer) {
  static final String USAGE =
      """
      usage: ./rollcall local [--port N] [--data DIR] [--memory] [--no-timer]

        --port N     listen on port N (8000; 0 takes a free one)
        --data DIR   keep everything in DIR (.rollcall)
        --memory     keep everything in memory, nothing on disk
        --no-timer   let only POST /_local/sweep do what time brings
      """;

  /// @throws IllegalArgumentException saying which argument is wrong
  static Options parse(List<String> arguments) {
    var port = 8000;
    @Nullable Path data = Path.of(".rollcall");
    var timer = true;
    var rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      var option = rest.pop();
      switch (option) {
        case "--port" -> port = port(value(option, rest));
        case "--data" -> data = Path.of(value(option, rest));
        case "--memory" -> data = null;
        case "--no-timer" -> timer = false;
        default -> throw new IllegalArgumentException("there is no option " + option);
      }
    }
    return new Options(port, data, timer);
  }

  private static String value(String option, ArrayDeque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.pop();
  }

  private static int port(String text) {
    try {
      var port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // Answered below, as one out of range is.
    }
    throw new IllegalArgumentException("--port needs a number from 0 to 65535, not " + text);
  }
}
