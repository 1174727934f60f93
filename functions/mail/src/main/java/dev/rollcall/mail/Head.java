package dev.rollcall.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The headers of a message, mended: broken mailers write lines that are no headers, wrap headers
/// without an indent, or leave out the blank line before the text. Lines hold one byte a character,
/// since what characters the bytes are is not known.
///
/// A line that is no header goes on the header before it, if more headers of a mail come or that
/// header is not at its end; otherwise the text begins with it.
final class Head {

  /// Longer headers are cut: what is looked for is at their beginning.
  private static final int LONGEST_HEADER = 16_384;

  /// Headers beyond this are left out.
  private static final int LONGEST = 1_000_000;

  private static final Pattern FIELD = Pattern.compile("[!-9;-~]+[ \\t]*:");

  /// What a line can begin with that is a header of a mail for sure.
  private static final Pattern OF_MAIL =
      Pattern.compile(
          "(?:subject|from|to|cc|bcc|date|sender|reply-to|message-id|in-reply-to|references|received"
              + "|mime-version|return-path|delivered-to|importance|priority|precedence|user-agent"
              + "|organization|auto-submitted|dkim-signature|authentication-results|errors-to"
              + "|content-[-a-z]+|x-[-a-z0-9]+|list-[-a-z]+|resent-[-a-z]+|arc-[-a-z]+)[ \\t]*:",
          Pattern.CASE_INSENSITIVE);

  private final List<String> fields = new ArrayList<>();
  private final List<String> text = new ArrayList<>();
  private final InputStream rest;

  private Head(InputStream rest) {
    this.rest = rest;
  }

  static Head read(InputStream message) throws IOException {
    var in = new BufferedInputStream(message, 16_384);
    var head = new Head(in);
    head.sort(lines(in));
    return head;
  }

  /// The message with its headers mended.
  InputStream message() {
    var mended = new StringBuilder();
    fields.forEach(field -> mended.append(field).append("\r\n"));
    mended.append("\r\n");
    text.forEach(mended::append);
    return new SequenceInputStream(
        new ByteArrayInputStream(mended.toString().getBytes(StandardCharsets.ISO_8859_1)), rest);
  }

  /// The first subject, decoded; empty where there is none.
  String subject() {
    return fields.stream()
        .filter(field -> field.regionMatches(true, 0, "subject", 0, 7))
        .filter(field -> field.substring(7, field.indexOf(':')).isBlank())
        .findFirst()
        .map(field -> field.substring(field.indexOf(':') + 1).replaceAll("[\\r\\n]", ""))
        .map(EncodedWords::decode)
        .orElse("");
  }

  /// The lines up to the blank one, each with its end; blank lines before them are none. Where they
  /// have no end, or what is no header is too long for one, the rest is the text.
  private static List<String> lines(InputStream in) throws IOException {
    var lines = new ArrayList<String>();
    var size = 0;
    while (size <= LONGEST) {
      var line = line(in);
      var isBlank = line.equals("\n") || line.equals("\r\n");
      if (line.isEmpty() || (isBlank && !lines.isEmpty())) {
        if (isBlank) {
          lines.add("");
        }
        return lines;
      }
      if (!isBlank) {
        lines.add(line);
        size += line.length();
      }
      if (!line.endsWith("\n") && !isHeader(line)) {
        return lines;
      }
    }
    return lines;
  }

  /// A line with its end. Of a header that is too long, its beginning; of anything else that is,
  /// what has been read of it. Empty at the end of the message.
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int letter = in.read(); letter >= 0; letter = in.read()) {
      if (line.length() < LONGEST_HEADER || letter == '\n') {
        line.append((char) letter);
      }
      if (letter == '\n' || (line.length() == LONGEST_HEADER && !isHeader(line))) {
        break;
      }
    }
    return line.toString();
  }

  private static boolean isHeader(CharSequence line) {
    return isIndented(line) || FIELD.matcher(line).lookingAt();
  }

  private static boolean isIndented(CharSequence line) {
    return line.charAt(0) == ' ' || line.charAt(0) == '\t';
  }

  private void sort(List<String> lines) {
    var isWhole = !lines.isEmpty() && lines.getLast().isEmpty();
    var headers = isWhole ? lines.subList(0, lines.size() - 1) : lines;
    var first = !headers.isEmpty() && headers.getFirst().startsWith("From ") ? 1 : 0;
    var lastOfMail = last(headers);
    for (int i = first; i < headers.size(); i++) {
      var line = headers.get(i);
      var isIndented = isIndented(line);
      if (!isIndented && FIELD.matcher(line).lookingAt()) {
        fields.add(withoutEnd(line));
      } else if (!fields.isEmpty() && (isIndented || i < lastOfMail || isUnfinished())) {
        goOn(withoutEnd(line));
      } else if (!isIndented && i > lastOfMail) {
        text.addAll(headers.subList(i, headers.size()));
        if (isWhole) {
          text.add("\r\n");
        }
        return;
      }
    }
  }

  /// A header that ends in a semicolon or comma has more to say.
  private boolean isUnfinished() {
    var field = fields.getLast().stripTrailing();
    return field.endsWith(";") || field.endsWith(",");
  }

  private void goOn(String line) {
    var field = fields.removeLast();
    fields.add(
        field.length() < LONGEST_HEADER
            ? field + "\r\n" + (isIndented(line) ? line : " " + line)
            : field);
  }

  private static int last(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (OF_MAIL.matcher(lines.get(i)).lookingAt()) {
        return i;
      }
    }
    return -1;
  }

  private static String withoutEnd(String line) {
    return line.replaceAll("[\\r\\n]+$", "");
  }
}
