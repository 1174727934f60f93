package dev.rollcall.core.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A ping as the log keeps it.
///
/// @param number counts the pings of this check from 1; a crash may leave a gap
/// @param signal what it was taken for
/// @param exitStatus the exit status that its address named, 0 to 255, or null
/// @param body the first bytes that it carried; of a mail the raw message
/// @param mail what a mail says; null for other pings, and where the log does not have it
public record Ping(
    CheckId check,
    long number,
    Instant at,
    Signal signal,
    @Nullable Integer exitStatus,
    Source source,
    Body body,
    @Nullable Mail mail) {

  /// A ping that is no mail.
  public Ping(
      CheckId check,
      long number,
      Instant at,
      Signal signal,
      @Nullable Integer exitStatus,
      Source source,
      Body body) {
    this(check, number, at, signal, exitStatus, source, body, null);
  }

  /// What people want to see of what it carried: of a mail its subject and text, else the body.
  public String output() {
    return mail == null ? body.text() : mail.output();
  }

  /// What a mail says.
  ///
  /// @param subject decoded, at most [#SUBJECT_LIMIT] characters
  /// @param text decoded, its end if it is long; empty where there is none
  public record Mail(String subject, String text) {
    public static final int SUBJECT_LIMIT = 500;

    /// What the log keeps of a mail.
    ///
    /// @param text of the mail, or the end of it
    /// @param isWhole whether that is all of it
    /// @param limit how many bytes of the text are kept at most
    public static Mail of(String subject, String text, boolean isWhole, int limit) {
      var kept = Ending.of(text, limit);
      return new Mail(
          beginning(subject), isWhole && kept.isWhole() ? text : Ending.MARK + kept.text());
    }

    private static String beginning(String subject) {
      var end = Math.min(subject.length(), SUBJECT_LIMIT);
      var isSplit = end < subject.length() && Character.isHighSurrogate(subject.charAt(end - 1));
      return subject.substring(0, isSplit ? end - 1 : end);
    }

    /// Subject and text, a blank line between them.
    String output() {
      return (subject + "\n\n" + text).strip();
    }
  }

  /// Where a ping came from.
  ///
  /// @param scheme `http`, `https` or what else a proxy calls it; `email` for mail
  /// @param address the client's IP address, or null when that is not known
  /// @param method the HTTP method; empty for mail
  /// @param agent what the client calls itself, at most [#AGENT_LIMIT] characters
  public record Source(String scheme, @Nullable String address, String method, String agent) {
    /// As the reference: longer names are cut.
    public static final int AGENT_LIMIT = 200;

    public Source {
      agent = agent.substring(0, Math.min(agent.length(), AGENT_LIMIT));
    }
  }
}
