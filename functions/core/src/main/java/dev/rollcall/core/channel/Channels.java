package dev.rollcall.core.channel;

import java.util.List;
import java.util.Optional;

/// Every channel that there is.
public final class Channels {

  /// In the order in which they are offered.
  public static final List<Channel<?>> ALL =
      List.of(
          new Email(), //
          new Webhook());

  private Channels() {}

  /// The channel of this [kind][Channel#kind].
  public static Optional<Channel<?>> named(String kind) {
    return ALL.stream()
        .filter(channel -> channel.kind().equals(kind))
        .<Channel<?>>map(channel -> channel)
        .findFirst();
  }
}
