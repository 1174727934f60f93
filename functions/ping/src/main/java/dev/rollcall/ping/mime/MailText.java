package dev.rollcall.ping.mime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a mail says, as far as it can be made out.
///
/// @param subject decoded; empty where there is none
/// @param body the first plain text that is no attachment, and the text of the first page of HTML
public record MailText(String subject, String body) {

  /// Reads a message. It may be cut off anywhere, and be as malformed as it likes.
  public static MailText read(byte[] message) {
    var whole = Entity.parse(withoutBlankLines(new String(message, StandardCharsets.ISO_8859_1)));
    var body =
        Stream.of(
                text(whole, "text/plain", Function.identity()),
                text(whole, "text/html", Html::text))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"));
    return new MailText(EncodedWords.decode(whole.header("subject")), body);
  }

  /// Blank lines before the headers are none between them and the content.
  private static String withoutBlankLines(String message) {
    var at = 0;
    while (at < message.length() && (message.charAt(at) == '\r' || message.charAt(at) == '\n')) {
      at++;
    }
    return message.substring(at);
  }

  private static Optional<String> text(
      Entity whole, String type, Function<String, String> reading) {
    return whole.find(type).map(Entity::text).map(reading);
  }
}
