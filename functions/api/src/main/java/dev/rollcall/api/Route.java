package dev.rollcall.api;

import java.util.Map;

/// What is found at a path.
sealed interface Route {

  PathPattern path();

  /// Part of the API: other sites' scripts may use it, and `OPTIONS` says so.
  record Shared(PathPattern path, Map<String, Endpoint> endpoints) implements Route {}

  /// A page to read; every other method is forbidden.
  record Page(PathPattern path, Endpoint endpoint) implements Route {}

  /// Something for other sites to show, always as it is at that moment.
  record Public(PathPattern path, Endpoint.Handler handler) implements Route {}

  /// Something that other services call.
  record Callback(PathPattern path, Map<String, Endpoint> endpoints) implements Route {}

  /// Something that other services call by whatever method they like.
  record Anyhow(PathPattern path, Endpoint endpoint) implements Route {}

  static Route shared(String path, Map<String, Endpoint> endpoints) {
    return new Shared(new PathPattern(path), Map.copyOf(endpoints));
  }

  static Route page(String path, Endpoint endpoint) {
    return new Page(new PathPattern(path), endpoint);
  }

  static Route open(String path, Endpoint.Handler handler) {
    return new Public(new PathPattern(path), handler);
  }

  static Route callback(String path, Map<String, Endpoint> endpoints) {
    return new Callback(new PathPattern(path), Map.copyOf(endpoints));
  }

  static Route anyhow(String path, Endpoint endpoint) {
    return new Anyhow(new PathPattern(path), endpoint);
  }
}
