package dev.rollcall.ping;

/// Where the messages are that SES has received.
@FunctionalInterface
public interface MailStore {

  /// The first `limit` bytes of a message.
  ///
  /// @param id that SES has given it
  /// @throws RuntimeException when there is no such message, or it cannot be had now
  byte[] read(String id, int limit);
}
