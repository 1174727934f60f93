package dev.rollcall.api;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.project.ChannelId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a check's `channels` field means: `*` for all, nothing for none, or ids and names with
/// commas between them, taken as they stand, blanks included.
sealed interface ChannelNames {

  /// Each name is that of one channel.
  record Found(SortedSet<ChannelId> channels) implements ChannelNames {}

  /// One is not.
  record Unclear(Problem problem) implements ChannelNames {}

  /// @param existing all channels of the project
  static ChannelNames find(String names, List<Integration> existing) {
    var found = new TreeSet<ChannelId>();
    if (names.equals("*")) {
      existing.forEach(integration -> found.add(integration.id()));
      return new Found(Collections.unmodifiableSortedSet(found));
    }
    for (var name : names.isEmpty() ? List.<String>of() : List.of(names.split(",", -1))) {
      var matches = existing.stream().filter(integration -> goesBy(integration, name)).toList();
      if (name.isEmpty()) {
        return unclear("empty channel identifier");
      }
      if (matches.isEmpty()) {
        return unclear("invalid channel identifier: " + name);
      }
      if (matches.size() > 1) {
        return unclear("non-unique channel identifier: " + name);
      }
      found.add(matches.getFirst().id());
    }
    return new Found(Collections.unmodifiableSortedSet(found));
  }

  private static boolean goesBy(Integration integration, String name) {
    return integration.id().toString().equals(name) || integration.name().equals(name);
  }

  private static ChannelNames unclear(String what) {
    return new Unclear(new Problem.UnknownChannel(what));
  }
}
