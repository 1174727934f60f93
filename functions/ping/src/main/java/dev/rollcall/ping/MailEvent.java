package dev.rollcall.ping;

import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The mails of which SES tells by the Lambda action of a receipt rule. The event has everything
/// but the message.
record MailEvent(List<Received> mails) {
  private static final JsonFactory JSON = new JsonFactory();

  /// A mail that was received.
  ///
  /// @param id SES's name of the message
  /// @param at when SES had it, or null when the event does not say
  /// @param from the sender by the envelope; empty for what mail servers send by themselves
  /// @param recipients those by the envelope that the receipt rule is for
  record Received(String id, @Nullable Instant at, String from, List<String> recipients) {}

  MailEvent {
    mails = List.copyOf(mails);
  }

  /// @throws IllegalArgumentException when there is no mail in the event
  /// @throws tools.jackson.core.JacksonException when it is no JSON
  static MailEvent read(InputStream event) {
    var mails = new ArrayList<Received>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("Records")) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            mails.add(new Draft().read(parser));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    if (mails.isEmpty()) {
      throw new IllegalArgumentException("an event without a mail");
    }
    return new MailEvent(mails);
  }

  private static final class Draft {
    private String id = "";
    private String at = "";
    private String from = "";
    private List<String> recipients = List.of();

    /// Reads the record at which `parser` stands, and leaves it at the record's end.
    private Received read(JsonParser parser) {
      readObject(parser);
      if (id.isEmpty() || recipients.isEmpty()) {
        throw new IllegalArgumentException("a mail without an id or without recipients");
      }
      return new Received(id, instant(at), from, recipients);
    }

    private void readObject(JsonParser parser) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "ses", "mail", "receipt" -> readObject(parser);
          case "messageId" -> id = parser.getValueAsString("");
          // Both objects have one: the mail's comes first, and says when SES had it.
          case "timestamp" -> at = at.isEmpty() ? parser.getValueAsString("") : at;
          case "source" -> from = parser.getValueAsString("");
          case "recipients" -> recipients = texts(parser);
          default -> parser.skipChildren();
        }
      }
    }

    private static List<String> texts(JsonParser parser) {
      var texts = new ArrayList<String>();
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(parser.getString());
      }
      return texts;
    }

    private static @Nullable Instant instant(String text) {
      try {
        return text.isEmpty() ? null : Instant.parse(text);
      } catch (DateTimeException unreadable) {
        return null;
      }
    }
  }
}
