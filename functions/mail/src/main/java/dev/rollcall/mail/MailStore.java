package dev.rollcall.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Where the messages are that SES has received.
public interface MailStore {

  /// The first `limit` bytes of a message.
  ///
  /// @param id that SES has given it
  /// @throws RuntimeException when there is no such message, or it cannot be had now
  byte[] beginning(String id, int limit);

  /// Reads a message from its beginning. Where it breaks off, it is read anew: what reads it must
  /// not change anything.
  ///
  /// @return empty when it is not there any more, or not for this caller
  /// @throws RuntimeException when it cannot be had now
  <T> Optional<T> read(String id, Reading<T> reading);

  /// Makes something of a message.
  @FunctionalInterface
  interface Reading<T> {
    T of(InputStream message) throws IOException;
  }
}
