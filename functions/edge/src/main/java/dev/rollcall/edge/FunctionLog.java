package dev.rollcall.edge;

import dev.rollcall.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The log of a function in the cloud: every event is one line of JSON, with its time, its level,
/// the function, and the id of the call that it belongs to, which Lambda's own lines have too.
///
/// What a failure says of itself is left out, since it may quote a key, an address or a body: a
/// line has what kind it was, what AWS calls it, and where it broke. What libraries print becomes a
/// line of its own.
public final class FunctionLog extends Handler {
  /// What Lambda's own lines call it.
  private static final String CALL = "AWSRequestId";

  /// As the metrics have it, by which one field finds all lines of a function.
  static final String FUNCTION = "FunctionName";

  private static final int FRAMES = 12;

  private static volatile @Nullable FunctionLog begun;
  private static volatile @Nullable String call;

  private final String function;
  private final PrintStream out;
  private final SimpleFormatter words = new SimpleFormatter();

  FunctionLog(String function, PrintStream out) {
    this.function = function;
    this.out = out;
  }

  /// What a call of the function does.
  @FunctionalInterface
  public interface Work<X extends Exception> {
    void run() throws X;
  }

  /// A call that failed, for Lambda: what it prints of a failure is all that the failure says.
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Failed(Throwable failure) {
      super(kinds(failure));
      setStackTrace(failure.getStackTrace());
    }
  }

  /// Takes over all that is logged and printed, where this is a function of Lambda. To be called
  /// before anything else, and safe to call again.
  public static synchronized void begin() {
    var function = System.getenv("AWS_LAMBDA_FUNCTION_NAME");
    if (function == null || begun != null) {
      return;
    }
    // Spring would put its own handlers in place of this one, and SLF4J say that it has none.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    var log = new FunctionLog(function, System.out);
    begun = log;
    LogManager.getLogManager().reset();
    LogManager.getLogManager().getLogger("").addHandler(log);
    System.setOut(new PrintStream(log.printed("INFO"), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(log.printed("WARN"), true, StandardCharsets.UTF_8));
  }

  /// Does what a call asks for. What is logged meanwhile has its id.
  ///
  /// @param id what Lambda calls it; null where it is no call of Lambda's
  /// @throws X when the work does
  public static <X extends Exception> void during(@Nullable String id, Work<X> work) throws X {
    if (begun == null) {
      work.run();
      return;
    }
    call = id;
    try {
      work.run();
    } catch (RuntimeException failure) {
      throw told(failure);
    } finally {
      call = null;
    }
  }

  /// Where lines are written.
  static PrintStream out() {
    var log = begun;
    return log == null ? System.out : log.out;
  }

  /// What every line has.
  static Map<String, Object> line(Instant at, String level, String function) {
    var line = new LinkedHashMap<String, Object>();
    line.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("level", level);
    line.put(FUNCTION, function);
    var id = call;
    if (id != null) {
      line.put(CALL, id);
    }
    return line;
  }

  @Override
  public void publish(LogRecord record) {
    var line = line(record.getInstant(), level(record.getLevel()), function);
    line.put("logger", String.valueOf(record.getLoggerName()));
    line.put("message", words.formatMessage(record));
    var thrown = record.getThrown();
    if (thrown != null) {
      line.put("failure", failure(thrown));
    }
    write(out, line);
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }

  /// Writes a line at once: Lambda takes what is written at once for one event.
  static void write(PrintStream out, Map<String, Object> line) {
    write(out, Json.write(line));
  }

  private static void write(PrintStream out, String text) {
    var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(bytes, 0, bytes.length);
      out.flush();
    }
  }

  /// Makes lines of what is printed, but for those that are such lines already.
  OutputStream printed(String level) {
    return new OutputStream() {
      private final ByteArrayOutputStream text = new ByteArrayOutputStream();

      @Override
      public synchronized void write(int character) {
        if (character == '\n') {
          print(text.toString(StandardCharsets.UTF_8).stripTrailing());
          text.reset();
        } else {
          text.write(character);
        }
      }

      private void print(String printed) {
        if (printed.startsWith("{") && printed.endsWith("}")) {
          FunctionLog.write(out, printed);
        } else if (!printed.isEmpty()) {
          var line = line(Instant.now(), level, function);
          line.put("message", printed);
          FunctionLog.write(out, line);
        }
      }
    };
  }

  private static List<Map<String, Object>> failure(Throwable thrown) {
    var causes = new ArrayList<Map<String, Object>>();
    for (Throwable each = thrown; each != null && causes.size() < 5; each = each.getCause()) {
      causes.add(
          Map.of(
              "kind",
              kind(each),
              "at",
              Arrays.stream(each.getStackTrace())
                  .limit(FRAMES)
                  .map(StackTraceElement::toString)
                  .toList()));
    }
    return causes;
  }

  private static String kinds(Throwable failure) {
    var cause = failure.getCause();
    return kind(failure) + (cause == null ? "" : ", by " + kind(cause));
  }

  /// The class, and what AWS calls it: that quotes nothing.
  private static String kind(Throwable failure) {
    var name = failure.getClass().getName();
    if (failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
      return name + " " + refused.awsErrorDetails().errorCode();
    }
    return name;
  }

  /// A failure of ours says what may be said, in whatever Spring has wrapped it.
  private static RuntimeException told(RuntimeException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof RuntimeException ours
          && ours.getClass().getName().startsWith("dev.rollcall.")
          && ours.getCause() == null) {
        return ours;
      }
    }
    return new Failed(failure);
  }

  /// As Lambda calls them.
  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return value >= Level.INFO.intValue()
        ? "INFO"
        : value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }
}
