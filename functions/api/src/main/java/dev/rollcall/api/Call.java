package dev.rollcall.api;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request that was found to be well-formed, with who sent it.
///
/// @param path the variable parts of the path, by name, decoded
/// @param key null where none is needed
/// @param body what was sent; nothing is said in it when there was none
/// @param now when it arrived, to the microsecond
record Call(
    HttpRequest request, Map<String, String> path, @Nullable ApiKey key, Sent body, Instant now) {

  /// The body of a request. It can be read by declared fields only.
  interface Sent {

    /// Answers by what is wrong with the body, or else by what it says.
    Answer answer(BodyFields fields, Function<BodyFields.Said, Answer> next);
  }

  /// The version of the API that it speaks. Rollcall's own calls show checks as the newest does.
  int version() {
    return Integer.parseInt(path.getOrDefault("version", "3"));
  }

  String variable(String name) {
    var value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no " + name);
    }
    return value;
  }

  ProjectId project() {
    return knownKey().project();
  }

  boolean mayWrite() {
    return knownKey().access() == ApiKey.Access.READ_WRITE;
  }

  Optional<String> parameter(String name) {
    return request.parameter(name);
  }

  List<String> parameters(String name) {
    return request.parameters().getOrDefault(name, List.of());
  }

  private ApiKey knownKey() {
    if (key == null) {
      throw new IllegalStateException("the route asks for no key");
    }
    return key;
  }
}
