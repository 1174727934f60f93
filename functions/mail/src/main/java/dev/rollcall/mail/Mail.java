package dev.rollcall.mail;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/// Goes through a message part by part. Attachments, and mails within the mail, are passed over.
final class Mail {
  private static final Logger LOG = System.getLogger(Mail.class.getName());

  /// Nobody nests deeper but to make trouble.
  private static final int DEEPEST = 10;

  private static final int MOST_PARTS = 1_000;

  /// Of one header of a part. The message's own are cut before.
  private static final int LONGEST_HEADER = 65_536;

  /// How much is kept of what comes before the first part, in case that there is none.
  private static final int PREAMBLE = 1_000_000;

  private static final MimeConfig LENIENT =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxHeaderLen(LONGEST_HEADER)
          .setMaxContentLen(-1)
          .build();

  private final Searched search;
  private final Ending plain;
  private final Ending page;
  private boolean hasPlain;
  private boolean hasPage;
  private int parts;
  private byte @Nullable [] preamble;

  /// Hears all the text that is searched.
  interface Searched {
    void add(CharSequence piece);

    /// A part of the message is at its end.
    void end();
  }

  /// @param text the end of what the message shows
  record Read(String subject, String text, boolean isWhole) {}

  /// Says by its exceptions that it is the stream that fails, and not who reads it.
  private static final class Source extends FilterInputStream {
    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (RuntimeException failure) {
        throw new IOException(failure);
      }
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      try {
        return super.read(buffer, from, length);
      } catch (RuntimeException failure) {
        throw new IOException(failure);
      }
    }
  }

  private Mail(Searched search, int limit) {
    this.search = search;
    plain = new Ending(limit);
    page = new Ending(limit);
  }

  /// @param search is given all the text that is searched
  /// @param limit how many characters are kept of what the message shows
  static Read read(InputStream message, Searched search, int limit) throws IOException {
    var head = Head.read(new Source(message));
    var mail = new Mail(search, limit);
    mail.readParts(head.message());
    return mail.read(head.subject());
  }

  private Read read(String subject) {
    var shown = plain.isBlank() && !page.isBlank() ? page : plain;
    return new Read(subject, shown.text(), shown.isWhole());
  }

  private void readParts(InputStream message) throws IOException {
    var tokens = new MimeTokenStream(LENIENT, new Part.Headers());
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parse(message);
    try {
      go(tokens);
    } catch (MimeException | RuntimeException beyondReading) {
      // What was read until here is what there is: no message may keep its ping from being heard.
      LOG.log(
          Level.WARNING, "mail not read to its end: {0}", beyondReading.getClass().getSimpleName());
    }
    if (preamble != null && parts == 0) {
      readPlain(new ByteArrayInputStream(preamble), "");
    }
  }

  private void go(MimeTokenStream tokens) throws IOException, MimeException {
    var depth = 0;
    for (var state = tokens.getState();
        state != EntityState.T_END_OF_STREAM && parts <= MOST_PARTS && !(hasPlain && hasPage);
        state = tokens.next()) {
      switch (state) {
        case T_END_HEADER -> {
          // A part that is taken as it is has no parts of its own.
          var isFlat = depth > DEEPEST;
          tokens.setRecursionMode(isFlat ? RecursionMode.M_FLAT : RecursionMode.M_NO_RECURSE);
        }
        case T_START_MULTIPART -> depth++;
        case T_END_MULTIPART -> depth--;
        case T_PREAMBLE -> keepPreamble(tokens.getInputStream());
        case T_BODY -> {
          parts++;
          read((Part) tokens.getBodyDescriptor(), tokens.getInputStream());
        }
        default -> {}
      }
    }
  }

  private void keepPreamble(InputStream content) throws IOException {
    if (preamble == null) {
      preamble = content.readNBytes(PREAMBLE);
    }
  }

  private void read(Part part, InputStream content) throws IOException {
    if (part.isAttachment()) {
      return;
    }
    var decoded = Encodings.decode(content, part.transferEncoding());
    switch (part.mimeType()) {
      case "text/plain" -> readPlain(decoded, part.charset());
      case "text/html" -> readPage(decoded, part.charset());
      default -> {}
    }
  }

  private void readPlain(InputStream content, String charset) throws IOException {
    if (hasPlain) {
      return;
    }
    hasPlain = true;
    Characters.decode(
        content,
        charset,
        characters -> {
          search.add(characters);
          plain.add(characters);
        });
    search.end();
  }

  private void readPage(InputStream content, String charset) throws IOException {
    if (hasPage) {
      return;
    }
    hasPage = true;
    var html = new Page(search::add, page::add);
    Characters.decodePage(content, charset, html::add);
    html.end();
    search.end();
  }
}
