package dev.rollcall.core.check;

import java.util.Optional;

/// By which words the text of a ping decides what it means, and which parts of a mail are searched
/// for them. Whether the body of an HTTP ping is searched, [Rules] say: most checks have neither,
/// and a ping by HTTP need not read this.
public record Filters(Keywords keywords, boolean subject, boolean mailBody) {

  public static final Filters NONE = new Filters(Keywords.NONE, false, false);

  /// What is searched of a mail. Empty where nothing is, and the mail means what its address asks.
  Optional<String> searched(Arrival.Mail mail) {
    if (subject) {
      return Optional.of(mailBody ? mail.subject() + "\n" + mail.body() : mail.subject());
    }
    return mailBody ? Optional.of(mail.body()) : Optional.empty();
  }
}
