package dev.rollcall.mail;

import java.util.List;
import java.util.function.Consumer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/// The text of a page of HTML that comes in pieces: without tags, comments, scripts and styles,
/// entities as the characters that they stand for. It is made out twice.
///
/// What is searched has one blank for any number of them, and tags leave nothing behind, not even a
/// blank, as in the reference: a word that is half in bold is one word. What is shown has lines
/// where the page has.
final class Page {

  /// So much is parsed at once, as a tree is many times as large as its source. Hardly a page is
  /// longer.
  private static final int PIECE = 65_536;

  /// A script, style or comment is waited for to end until it is so long.
  private static final int LONGEST_SILENCE = 1_000_000;

  private static final String[][] SILENT = {
    {"<script", "</script"}, {"<style", "</style"}, {"<!--", "-->"},
  };

  private final StringBuilder source = new StringBuilder();
  private final Flow searched;
  private final Lines shown;

  Page(Consumer<CharSequence> searched, Consumer<CharSequence> shown) {
    this.searched = new Flow(searched);
    this.shown = new Lines(new Flow(shown));
  }

  void add(CharSequence piece) {
    source.append(piece);
    while (source.length() > PIECE) {
      var cut = cut();
      if (cut == 0) {
        return;
      }
      read(source.substring(0, cut));
      source.delete(0, cut);
    }
  }

  void end() {
    read(source.toString());
    source.setLength(0);
  }

  private void read(String html) {
    NodeTraversor.traverse(
        new NodeVisitor() {
          @Override
          public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
              searched.add(text.getWholeText(), false);
            }
            shown.head(node);
          }

          @Override
          public void tail(Node node, int depth) {
            shown.tail(node);
          }
        },
        Jsoup.parse(html));
  }

  /// Where the source can be cut: before a tag, outside of what is not shown. 0 where there is no
  /// such place yet.
  private int cut() {
    var cut = lastTag();
    for (var silent : SILENT) {
      var begin = lastIndexOf(silent[0], cut);
      if (begin >= 0 && lastIndexOf(silent[1], cut) < begin) {
        if (begin == 0) {
          return endOf(silent[1]);
        }
        cut = begin;
      }
    }
    return cut;
  }

  /// Where what begins the source, and is not shown, has ended. 0 where it has not yet.
  private int endOf(String close) {
    for (int at = 0; at < source.length(); at++) {
      if (source.charAt(at) == close.charAt(0) && isAt(close, at)) {
        var end = source.indexOf(">", at);
        return end < 0 ? 0 : end + 1;
      }
    }
    return source.length() < LONGEST_SILENCE ? 0 : source.length();
  }

  private int lastTag() {
    for (int at = PIECE; at > 0; at--) {
      if (source.charAt(at) == '<') {
        return at;
      }
    }
    return Character.isLowSurrogate(source.charAt(PIECE)) ? PIECE - 1 : PIECE;
  }

  private int lastIndexOf(String text, int before) {
    for (int at = before - 1; at >= 0; at--) {
      if (source.charAt(at) == text.charAt(0) && isAt(text, at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isAt(String text, int at) {
    var end = Math.min(source.length(), at + text.length());
    return source.substring(at, end).equalsIgnoreCase(text);
  }

  /// Text with one blank for any number of them, and none at its ends.
  private static final class Flow {
    private static final String CELL = "  ";
    private static final String LINE = "\n";
    private static final String PARAGRAPH = "\n\n";

    private final Consumer<CharSequence> out;
    private String gap = "";
    private boolean hasBegun;

    Flow(Consumer<CharSequence> out) {
      this.out = out;
    }

    /// @param isLaidOut blanks and lines count
    void add(String text, boolean isLaidOut) {
      var flowing = new StringBuilder(text.length());
      text.codePoints()
          .forEach(letter -> {
            if (!isLaidOut && (Character.isWhitespace(letter) || Character.isSpaceChar(letter))) {
              gap = gap.isEmpty() ? " " : gap;
            } else {
              flowing.append(hasBegun ? gap : "").appendCodePoint(letter);
              gap = "";
              hasBegun = true;
            }
          });
      out.accept(flowing);
    }

    /// Begins a cell, a line or a paragraph.
    void begin(String next) {
      gap = rank(gap) < rank(next) ? next : gap;
    }

    private static int rank(String gap) {
      return List.of("", " ", CELL, LINE, PARAGRAPH).indexOf(gap);
    }
  }

  /// Lines as the page has them.
  private static final class Lines {
    private final Flow flow;
    private int silent;
    private int laidOut;

    Lines(Flow flow) {
      this.flow = flow;
    }

    void head(Node node) {
      if (node instanceof TextNode text && silent == 0) {
        flow.add(text.getWholeText(), laidOut > 0);
      } else if (node instanceof Element element) {
        silent += element.nameIs("title") ? 1 : 0;
        laidOut += element.nameIs("pre") ? 1 : 0;
        around(element);
      }
    }

    void tail(Node node) {
      if (node instanceof Element element) {
        silent -= element.nameIs("title") ? 1 : 0;
        laidOut -= element.nameIs("pre") ? 1 : 0;
        around(element);
      }
    }

    private void around(Element element) {
      switch (element.normalName()) {
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "pre", "blockquote" ->
            flow.begin(Flow.PARAGRAPH);
        case "td", "th" -> flow.begin(Flow.CELL);
        default -> {
          if (element.isBlock() || element.nameIs("br")) {
            flow.begin(Flow.LINE);
          }
        }
      }
    }
  }
}
