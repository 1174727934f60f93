package dev.rollcall.ping;

import dev.rollcall.mail.MailText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Letters by their ids.
record LettersInMemory(Map<String, byte[]> messages) implements Letters {

  @Override
  public byte[] beginning(String id, int limit) {
    var message = messages.get(id);
    if (message == null) {
      throw new IllegalStateException("there is no such message");
    }
    return Arrays.copyOf(message, Math.min(message.length, limit));
  }

  @Override
  public Optional<Said> read(String id, Set<String> words, int limit) {
    return Optional.ofNullable(messages.get(id)).map(message -> read(message, words, limit));
  }

  @Override
  public Said read(byte[] message, Set<String> words, int limit) {
    try {
      var text = MailText.read(new ByteArrayInputStream(message), words, limit);
      return new Said(text.subject(), text.found(), text.text(), text.isWhole());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
