package dev.rollcall.ping;

import java.util.Optional;
import java.util.Set;

/// Reads the messages that pings by mail are. A message may be larger than what waits or is logged
/// of it: then it is read where it arrived.
public interface Letters {

  /// For where no mail comes.
  Letters NONE =
      new Letters() {
        @Override
        public byte[] beginning(String id, int limit) {
          throw noMail();
        }

        @Override
        public Optional<Said> read(String id, Set<String> words, int limit) {
          throw noMail();
        }

        @Override
        public Said read(byte[] message, Set<String> words, int limit) {
          throw noMail();
        }

        private static UnsupportedOperationException noMail() {
          return new UnsupportedOperationException("no mail comes to this function");
        }
      };

  /// The first `limit` bytes of a message.
  ///
  /// @param id that SES has given it
  /// @throws RuntimeException when there is no such message, or it cannot be had now
  byte[] beginning(String id, int limit);

  /// What a message says. Empty where it is no longer there, or nobody here may read it.
  ///
  /// @param words what is looked for in its text
  /// @param limit how many characters of its text are wanted at most
  /// @throws RuntimeException when it cannot be had now
  Optional<Said> read(String id, Set<String> words, int limit);

  /// What a message says that is at hand. It may be cut off.
  Said read(byte[] message, Set<String> words, int limit);

  /// What a message says.
  ///
  /// @param subject decoded; empty where there is none
  /// @param found those of the words that are in its text
  /// @param text the end of its text
  /// @param isWhole whether that is all of it
  record Said(String subject, Set<String> found, String text, boolean isWhole) {
    public Said {
      found = Set.copyOf(found);
    }
  }
}
