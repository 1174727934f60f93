package dev.rollcall.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// What a mail says, as far as it can be made out.
///
/// @param subject decoded; empty where there is none
/// @param found those of the words looked for that are in its text: in the first plain text that is
///   no attachment, or in the first page of HTML, tags and layout left out
/// @param text the end of what it shows to people, lines ended by `\n`: the plain text, or that of
///   the page where there is no other
/// @param isWhole whether that is all of it
public record MailText(String subject, Set<String> found, String text, boolean isWhole) {

  public MailText {
    found = Set.copyOf(found);
  }

  /// Reads a message as a stream. It may be cut off anywhere, be of any size, and be as malformed
  /// as it likes; memory is bounded by what is asked for.
  ///
  /// @param words what is looked for in its text, as it stands
  /// @param limit how many characters of its text are wanted at most
  /// @throws IOException when the stream cannot be read
  public static MailText read(InputStream message, Set<String> words, int limit)
      throws IOException {
    var search = new Search(words);
    var read = Mail.read(message, search, limit);
    return new MailText(read.subject(), search.found(), read.text(), read.isWhole());
  }
}
