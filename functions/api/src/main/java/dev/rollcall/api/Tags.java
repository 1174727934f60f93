package dev.rollcall.api;

import dev.rollcall.core.check.Details;
import java.util.Arrays;
import java.util.List;

/// The tags of a check one by one. Only a blank separates them: a tab is part of a tag.
final class Tags {
  private Tags() {}

  static List<String> of(Details details) {
    return Arrays.stream(details.tags().split(" ", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .toList();
  }
}
