package dev.rollcall.ping.mime;

import java.util.Optional;

/// The text of a page of HTML: without tags, comments, scripts and styles, entities as the
/// characters that they stand for, and one blank for any number of them. Tags leave nothing behind,
/// not even a blank, as in the reference: a word that is half in bold is one word.
final class Html {
  private final String html;
  private final StringBuilder text;

  /// Quotes in tags are balanced, as far as is known: a `>` within them ends no tag.
  private boolean quoted = true;

  private Html(String html) {
    this.html = html;
    text = new StringBuilder(html.length());
  }

  static String text(String html) {
    var page = new Html(html);
    page.read();
    return page.text.toString().strip();
  }

  private void read() {
    var at = 0;
    while (at < html.length()) {
      var letter = html.charAt(at);
      if (letter == '<') {
        at = tag(at);
      } else if (letter == '&') {
        at = entity(at);
      } else {
        add(letter);
        at++;
      }
    }
  }

  private void add(int character) {
    if (!Character.isWhitespace(character) && !Character.isSpaceChar(character)) {
      text.appendCodePoint(character);
    } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
      text.append(' ');
    }
  }

  /// @return where the text goes on after what begins at `at`
  private int tag(int at) {
    if (html.startsWith("<!--", at)) {
      return after("-->", at + 4);
    }
    var next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
    if (next == '!' || next == '?') {
      return after(">", at);
    }
    if (next != '/' && !isLetter(next)) {
      add('<');
      return at + 1;
    }
    var end = tagEnd(at);
    for (var silent : new String[] {"script", "style"}) {
      if (html.regionMatches(true, at + 1, silent, 0, silent.length())
          && !isLetter(charAt(at + 1 + silent.length()))) {
        return closing(silent, end);
      }
    }
    return end;
  }

  private int closing(String name, int from) {
    for (int at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
      if (html.regionMatches(true, at + 2, name, 0, name.length())) {
        return after(">", at);
      }
    }
    return html.length();
  }

  private int tagEnd(int from) {
    var quote = ' ';
    for (int at = from; quoted && at < html.length(); at++) {
      var letter = html.charAt(at);
      if (quote != ' ') {
        quote = letter == quote ? ' ' : quote;
      } else if (letter == '>') {
        return at + 1;
      } else if ((letter == '"' || letter == '\'') && html.charAt(at - 1) == '=') {
        quote = letter;
      }
    }
    quoted = false;
    return after(">", from);
  }

  private int after(String end, int from) {
    var at = html.indexOf(end, from);
    return at < 0 ? html.length() : at + end.length();
  }

  private int entity(int at) {
    var end = at + 1;
    while (end < html.length() && end - at < Entities.LONGEST && isPartOfEntity(end, at)) {
      end++;
    }
    Optional<Integer> character = Entities.character(html.substring(at + 1, end));
    if (character.isEmpty()) {
      add('&');
      return at + 1;
    }
    add(character.get());
    return charAt(end) == ';' ? end + 1 : end;
  }

  private boolean isPartOfEntity(int at, int begin) {
    var letter = html.charAt(at);
    return isLetter(letter)
        || (letter >= '0' && letter <= '9')
        || (letter == '#' && at == begin + 1);
  }

  private char charAt(int at) {
    return at < html.length() ? html.charAt(at) : ' ';
  }

  private static boolean isLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  }
}
