package dev.rollcall.local.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a MIME message into a [Mail].
final class Mime {
  private static final Session SESSION = Session.getInstance(new Properties());

  private Mime() {}

  /// What the headers of a message say of its envelope.
  ///
  /// @param messageId as it stands, or null when it has none
  /// @param sender a plain address; empty when it names none
  /// @param recipients plain addresses, each once
  record Envelope(@Nullable String messageId, String sender, List<String> recipients) {}

  /// @throws MessagingException when it is no MIME message
  static Envelope envelope(byte[] raw) throws MessagingException {
    var message = new MimeMessage(SESSION, new ByteArrayInputStream(raw, 0, headEnd(raw)));
    var recipients = new LinkedHashSet<String>();
    for (var name : new String[] {"To", "Cc", "Delivered-To"}) {
      recipients.addAll(named(message, name));
    }
    var senders = named(message, "Return-Path");
    senders.addAll(named(message, "From"));
    return new Envelope(
        message.getMessageID(),
        senders.isEmpty() ? "" : senders.getFirst(),
        List.copyOf(recipients));
  }

  /// Where the blank line after the headers is: a message may be large, and they are enough.
  private static int headEnd(byte[] raw) {
    for (int at = 1; at < raw.length; at++) {
      if (raw[at] == '\n'
          && (raw[at - 1] == '\n' || (at > 1 && raw[at - 1] == '\r' && raw[at - 2] == '\n'))) {
        return at + 1;
      }
    }
    return raw.length;
  }

  /// The addresses in a header; none where it is malformed.
  private static List<String> named(MimeMessage message, String header) throws MessagingException {
    var value = message.getHeader(header, ",");
    try {
      var addresses = new ArrayList<String>();
      for (var address : InternetAddress.parseHeader(value == null ? "" : value, false)) {
        // A group: "Jobs: one@example.org, two@example.org;".
        var members = address.getGroup(false);
        addresses.addAll(members == null ? List.of(address.getAddress()) : addresses(members));
      }
      addresses.removeIf(address -> address.indexOf('@') < 0);
      return addresses;
    } catch (AddressException malformed) {
      return new ArrayList<>();
    }
  }

  /// The mail that `raw` is.
  ///
  /// @param envelope the addresses that it goes to; when empty, those of its To, Cc and Bcc headers
  /// @throws MessagingException when it is no MIME message
  static Mail read(byte[] raw, List<String> envelope, Instant at) throws MessagingException {
    try {
      return parse(raw, envelope, at);
    } catch (IOException e) {
      throw new MessagingException("The message is not encoded as it says", e);
    }
  }

  private static Mail parse(byte[] raw, List<String> envelope, Instant at)
      throws MessagingException, IOException {
    var message = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
    var to = envelope.isEmpty() ? addresses(message.getAllRecipients()) : envelope;
    var headers = headers(message);
    return new Mail(
        to,
        String.join(", ", headers.getOrDefault("From", List.of())),
        String.join(" ", headers.getOrDefault("Subject", List.of())),
        first(message, "text/plain").orElse(""),
        first(message, "text/html").orElse(""),
        headers,
        at);
  }

  /// The plain address in "A name <address>".
  static String plain(String address) throws MessagingException {
    return new InternetAddress(address, true).getAddress();
  }

  private static List<String> addresses(Address @Nullable [] recipients) {
    var plain = new ArrayList<String>();
    for (var address : recipients == null ? new Address[0] : recipients) {
      plain.add(address instanceof InternetAddress known ? known.getAddress() : address.toString());
    }
    return plain;
  }

  private static Map<String, List<String>> headers(MimeMessage message)
      throws MessagingException, IOException {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var header : Collections.list(message.getAllHeaders())) {
      headers
          .computeIfAbsent(header.getName(), _ -> new ArrayList<>())
          .add(MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
    }
    return headers;
  }

  /// The first part of this type that is not an attachment.
  private static Optional<String> first(Part part, String type)
      throws MessagingException, IOException {
    if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
      return Optional.empty();
    }
    if (part.isMimeType(type)) {
      return part.getContent() instanceof String text ? Optional.of(text) : Optional.empty();
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        var found = first(parts.getBodyPart(i), type);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
