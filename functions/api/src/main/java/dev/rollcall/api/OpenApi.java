package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The description of all this for programs, and for the dashboard to show to people: OpenAPI 3.1.
/// It is sent as it was written, so that nothing needs to read it here; tests hold it to what the
/// functions do.
final class OpenApi {
  private OpenApi() {}

  static Answer show(Call call) {
    return new Answer.Kept("application/json", Held.TEXT);
  }

  /// Read when somebody asks for the first time.
  static final class Held {
    static final Body TEXT = read();

    private Held() {}

    private static Body read() {
      try (var file = OpenApi.class.getResourceAsStream("openapi.json")) {
        return Body.of(Objects.requireNonNull(file).readAllBytes());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
