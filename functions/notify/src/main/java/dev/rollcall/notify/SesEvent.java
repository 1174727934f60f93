package dev.rollcall.notify;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ses.model.MessageTag;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What SES says of a mail that it had taken, as far as is used here.
///
/// @param configurationSet by which the mail was sent; empty when SES does not say
/// @param to whom it was sent to
/// @param about what it told of and whom; empty when its tags do not say
record SesEvent(
    Fate fate, String configurationSet, List<String> to, Optional<Message.Deliver> about) {
  private static final JsonFactory JSON = new JsonFactory();

  private static final String CHANNEL = "channel";
  private static final String CHECK = "check";
  private static final String FLIP = "flip";

  /// An enhanced status code (RFC 3463). What else a server says may quote an address.
  private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

  /// What became of a mail.
  sealed interface Fate {

    /// It came back.
    ///
    /// @param forGood so will every other
    /// @param kind in SES's words, such as `MailboxFull`
    /// @param status such as `5.1.1`; empty when there is none
    record Bounced(boolean forGood, String kind, String status) implements Fate {}

    /// SES sent nothing: the address is on a list of those that mail came back from, or that called
    /// it spam.
    record Suppressed() implements Fate {}

    /// Who got it called it spam.
    record CalledSpam() implements Fate {}

    /// SES took it for malware, and dropped it.
    record Rejected() implements Fate {}

    /// Nothing that anybody has to hear of.
    record Other() implements Fate {}
  }

  /// What a mail is sent with, to be known again: each of at most 256 letters, digits and hyphens.
  static List<MessageTag> tags(Message.Deliver about) {
    return about.isTest()
        ? List.of(tag(CHANNEL, about.channel()))
        : List.of(
            tag(CHANNEL, about.channel()), tag(CHECK, about.check()), tag(FLIP, about.flip()));
  }

  /// Reads an event, or what else comes by its topic: SES tries that out with a line of text.
  ///
  /// @return empty when it is no such event
  static Optional<SesEvent> read(String text) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? Optional.of(read(new Tree(value(parser))))
          : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private static SesEvent read(Tree event) {
    var mail = event.at("mail");
    var tags = mail.at("tags");
    return new SesEvent(
        fate(event), tags.first("ses:configuration-set"), mail.texts("destination"), about(tags));
  }

  private static Fate fate(Tree event) {
    return switch (event.text("eventType")) {
      case "Bounce" -> bounce(event.at("bounce"));
      case "Complaint" -> complaint(event.at("complaint"));
      case "Reject" -> new Fate.Rejected();
      default -> new Fate.Other();
    };
  }

  private static Fate bounce(Tree bounce) {
    var kind = bounce.text("bounceSubType");
    if (kind.equals("Suppressed") || kind.equals("OnAccountSuppressionList")) {
      return new Fate.Suppressed();
    }
    var status = bounce.item("bouncedRecipients").text("status");
    return new Fate.Bounced(
        bounce.text("bounceType").equals("Permanent"),
        kind,
        STATUS.matcher(status).matches() ? status : "");
  }

  /// A complaint may take an earlier one back.
  private static Fate complaint(Tree complaint) {
    if (complaint.text("complaintSubType").equals("OnAccountSuppressionList")) {
      return new Fate.Suppressed();
    }
    return complaint.text("complaintFeedbackType").equals("not-spam")
        ? new Fate.Other()
        : new Fate.CalledSpam();
  }

  private static Optional<Message.Deliver> about(Tree tags) {
    try {
      var channel = new ChannelId(UUID.fromString(tags.first(CHANNEL)));
      var check = tags.first(CHECK);
      return Optional.of(
          check.isEmpty()
              ? Message.Deliver.test(channel)
              : new Message.Deliver(
                  new CheckId(UUID.fromString(check)),
                  Long.parseLong(tags.first(FLIP)),
                  channel,
                  0));
    } catch (IllegalArgumentException others) {
      return Optional.empty();
    }
  }

  private static MessageTag tag(String name, Object value) {
    return MessageTag.builder().name(name).value(value.toString()).build();
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var fields = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          var name = parser.currentName();
          parser.nextToken();
          fields.put(name, value(parser));
        }
        yield fields;
      }
      case START_ARRAY -> {
        var items = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      default -> parser.getString();
    };
  }

  /// A part of an event, in which everything may be missing or of another kind.
  private record Tree(@Nullable Object value) {
    Tree at(String name) {
      return new Tree(value instanceof Map<?, ?> fields ? fields.get(name) : null);
    }

    String text() {
      return value instanceof String text ? text : "";
    }

    String text(String name) {
      return at(name).text();
    }

    List<String> texts(String name) {
      return at(name).value instanceof List<?> items
          ? items.stream().map(item -> new Tree(item).text()).toList()
          : List.of();
    }

    String first(String name) {
      return item(name).text();
    }

    Tree item(String name) {
      return at(name).value instanceof List<?> items && !items.isEmpty()
          ? new Tree(items.getFirst())
          : new Tree(null);
    }
  }
}
