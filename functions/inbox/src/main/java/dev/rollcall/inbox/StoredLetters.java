package dev.rollcall.inbox;

import dev.rollcall.mail.MailStore;
import dev.rollcall.mail.MailText;
import dev.rollcall.ping.Letters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Letters that are where SES has put them.
public final class StoredLetters implements Letters {
  private final @Nullable MailStore store;

  /// @param store null where no mail is received any more: mails that wait from before are read as
  ///   far as they are at hand
  public StoredLetters(@Nullable MailStore store) {
    this.store = store;
  }

  @Override
  public byte[] beginning(String id, int limit) {
    if (store == null) {
      throw new IllegalStateException("no bucket is known that mails arrive in");
    }
    return store.beginning(id, limit);
  }

  @Override
  public Optional<Said> read(String id, Set<String> words, int limit) {
    return store == null
        ? Optional.empty()
        : store.read(id, message -> said(MailText.read(message, words, limit)));
  }

  @Override
  public Said read(byte[] message, Set<String> words, int limit) {
    try {
      return said(MailText.read(new ByteArrayInputStream(message), words, limit));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Said said(MailText text) {
    return new Said(text.subject(), text.found(), text.text(), text.isWhole());
  }
}
