package dev.rollcall.local.mail;

import dev.rollcall.core.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ses.model.MessageTag;

/// What SES may say of a mail that it had taken: on a desk, mail comes back only when somebody asks
/// for it.
public enum Feedback {
  /// For good: there is no such mailbox.
  BOUNCE("Bounce"),
  /// For now: the mailbox is full.
  FULL("Bounce"),
  /// Who got it called it spam.
  SPAM("Complaint"),
  /// SES took it for malware.
  MALWARE("Reject");

  private final String type;

  Feedback(String type) {
    this.type = type;
  }

  /// The one that is called so, in lower case.
  public static Optional<Feedback> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// An event of Lambda with what SES says, as its topic hands it on.
  ///
  /// @param configurationSet by which the mail was sent
  /// @param tags what it was sent with
  String event(List<String> to, String configurationSet, List<MessageTag> tags) {
    var named = new TreeMap<String, Object>();
    tags.forEach(tag -> named.put(tag.name(), List.of(tag.value())));
    named.put("ses:configuration-set", List.of(configurationSet));
    var said =
        Map.of(
            "eventType",
            type,
            type.toLowerCase(Locale.ROOT),
            what(),
            "mail",
            Map.of("destination", to, "tags", named));
    var sns = Map.of("MessageId", "local", "TopicArn", "returns", "Message", Json.write(said));
    return Json.write(Map.of("Records", List.of(Map.of("EventSource", "aws:sns", "Sns", sns))));
  }

  private Map<String, Object> what() {
    return switch (this) {
      case BOUNCE ->
          Map.of(
              "bounceType",
              "Permanent",
              "bounceSubType",
              "General",
              "bouncedRecipients",
              List.of(Map.of("status", "5.1.1")));
      case FULL -> Map.of("bounceType", "Transient", "bounceSubType", "MailboxFull");
      case SPAM -> Map.of("complaintFeedbackType", "abuse");
      case MALWARE -> Map.of("reason", "Bad content");
    };
  }
}
