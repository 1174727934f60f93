package dev.rollcall.core.check;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// By which words the text of a ping decides what it means, and which parts of a mail are searched
/// for them. Whether the body of an HTTP ping is searched, [Rules] say: most checks have neither,
/// and a ping by HTTP need not read this.
public record Filters(Keywords keywords, boolean subject, boolean mailBody) {

  public static final Filters NONE = new Filters(Keywords.NONE, false, false);

  /// The words that the text of a mail is searched for.
  public Set<String> wordsInMail() {
    return mailBody ? keywords.all() : Set.of();
  }

  /// Says of a word whether it is in what is searched of a mail. Empty where nothing is, and the
  /// mail means what its address asks.
  Optional<Predicate<String>> searched(Arrival.Mail mail) {
    if (!subject) {
      return mailBody ? Optional.of(mail.body()) : Optional.empty();
    }
    Predicate<String> inSubject = mail.subject()::contains;
    return Optional.of(mailBody ? inSubject.or(mail.body()) : inSubject);
  }
}
