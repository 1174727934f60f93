package dev.rollcall.api;

import dev.rollcall.core.check.Details;
import java.util.Arrays;
import java.util.List;

/// The tags of a check one by one.
final class Tags {
  private Tags() {}

  static List<String> of(Details details) {
    return Arrays.stream(details.tags().split("\\s+")).filter(tag -> !tag.isEmpty()).toList();
  }
}
