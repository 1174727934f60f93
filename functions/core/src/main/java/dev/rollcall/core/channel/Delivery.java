package dev.rollcall.core.channel;

import dev.rollcall.core.check.Body;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A message ready to be sent.
public sealed interface Delivery {

  /// An HTTP request.
  ///
  /// @param uri absolute, `http` or `https`, with a host, without user information
  /// @param headers by name; values hold only characters of ISO 8859-1, and no control characters
  /// @param body empty for none
  /// @param success the statuses by which the receiver says that it took the message
  /// @param refused the statuses by which it says that it will never take one
  record Post(
      String method,
      URI uri,
      Map<String, String> headers,
      Body body,
      Set<Integer> success,
      Set<Integer> refused)
      implements Delivery {

    /// What the reference takes for success.
    public static final Set<Integer> TAKEN = Set.of(200, 201, 202, 204);

    public Post {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      success = Set.copyOf(success);
      refused = Set.copyOf(refused);
    }

    /// Addresses and headers may hold secrets.
    @Override
    public String toString() {
      return "Post[" + method + "]";
    }
  }

  /// A mail, as plain text and as HTML.
  ///
  /// @param to one address
  /// @param headers besides those that every mail has
  record Mail(String to, String subject, String text, String html, Map<String, String> headers)
      implements Delivery {

    public Mail {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    @Override
    public String toString() {
      return "Mail[]";
    }
  }

  /// A message that cannot be made of the check as it is now, and may be when that changes.
  ///
  /// @param reason for people, without an address
  record Unsendable(String reason) implements Delivery {}

  /// The channel has nothing to say of such an alert.
  record Nothing() implements Delivery {}
}
