package dev.rollcall.api;

import dev.rollcall.core.check.Body;

/// What a request comes to.
sealed interface Answer
    permits Answer.Json, Answer.Text, Answer.Bytes, Answer.Kept, Answer.Empty, Problem {

  /// A tree of JSON values.
  record Json(int status, Object tree) implements Answer {}

  /// A text of some type.
  record Text(int status, String type, String text) implements Answer {
    static final String PLAIN = "text/plain";
    static final String HTML = "text/html; charset=utf-8";
  }

  /// Bytes as somebody sent them.
  record Bytes(String type, Body body) implements Answer {}

  /// Bytes that a caller may keep for five minutes.
  record Kept(String type, Body body) implements Answer {}

  /// Nothing but a status.
  record Empty(int status) implements Answer {}

  static Answer ok(Object tree) {
    return new Json(200, tree);
  }
}
