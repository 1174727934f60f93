package dev.rollcall.migrate.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A document as it was written, with the line of each of its parts.
sealed interface Json {
  int line();

  /// As people call it.
  String kind();

  /// Fields in the order of the document.
  record Fields(int line, SequencedMap<String, Json> fields) implements Json {
    @Override
    public String kind() {
      return "fields";
    }
  }

  record Items(int line, List<Json> items) implements Json {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Text(int line, String text) implements Json {
    @Override
    public String kind() {
      return "a text";
    }
  }

  record Whole(int line, long number) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Flag(int line, boolean isSet) implements Json {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  static Fields nothing(int line) {
    return new Fields(line, new LinkedHashMap<>());
  }
}
