package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.json.Json;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.edge.http.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Answers as HTTP. The only place that knows which status a problem has.
final class Replies {
  /// The reference compresses nothing that is shorter.
  private static final int WORTH_COMPRESSING = 200;

  /// `gzip`, unless its quality is zero.
  private static final Pattern GZIP =
      Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))");

  private static final Map<String, String> VARY = Map.of("vary", "accept-encoding");

  /// Of [Deflater]'s levels. A list of a thousand checks becomes a tenth larger than by the default
  /// one, for a third of the work.
  private static final int QUICK = 3;

  private Replies() {}

  static HttpResponse write(Answer answer) {
    return switch (answer) {
      case Answer.Json(var status, var tree) -> json(status, tree);
      case Answer.Text(var status, var type, var text) -> HttpResponse.text(status, type, text);
      case Answer.Bytes(var type, var body) ->
          new HttpResponse(200, Map.of("content-type", type), body);
      case Answer.Kept(var type, var body) ->
          new HttpResponse(
              200, Map.of("content-type", type, "cache-control", "public, max-age=300"), body);
      case Answer.Empty(var status) -> empty(status);
      case Problem problem -> write(problem);
    };
  }

  private static HttpResponse write(Problem problem) {
    return switch (problem) {
      case Problem.KeyMissing() -> error(401, "missing api key");
      case Problem.KeyWrong() -> error(401, "wrong api key");
      case Problem.TooManyWrongKeys(var wait) ->
          error(429, "too many wrong api keys, try again in %d s".formatted(wait.toSeconds()))
              .with(Map.of("retry-after", Long.toString(wait.toSeconds())));
      case Problem.NotBySite(var root) ->
          error(403, "this address takes pings only, ask at " + root + " for everything else");
      case Problem.Unparsable() -> error(400, "could not parse request body");
      case Problem.TooLarge() -> Pages.TOO_LARGE;
      case Problem.Invalid(var what) -> error(400, "json validation error: " + what);
      case Problem.UnknownChannel(var what) -> error(400, what);
      case Problem.BadQuery() -> empty(400);
      case Problem.NotYours(), Problem.LimitReached() -> empty(403);
      case Problem.NoSuchPage() -> Pages.NOT_FOUND;
      case Problem.NoSuchName() -> empty(404);
      case Problem.NotPaused() -> HttpResponse.text(409, Answer.Text.HTML, "check is not paused");
      case Problem.NoSuchMethod(var allowed) ->
          empty(405).with(Map.of("allow", String.join(", ", new TreeSet<>(allowed))));
      case Problem.ReadOnly() -> Pages.FORBIDDEN;
      case Problem.MayNotChange(var facts) ->
          json(409, facts("this release may read the data, but not change it", facts));
      case Problem.CannotRead(var facts) ->
          json(503, facts("this release cannot read the data", facts))
              .with(Map.of("retry-after", "60"));
      case Problem.Unavailable() -> error(503, "try again later").with(Map.of("retry-after", "5"));
    };
  }

  /// The same answer, compressed where that is worth it and the client understands it. Nobody on
  /// the way does so: CloudFront compresses what it may cache, and the gateway nothing.
  static HttpResponse compress(HttpResponse response, String acceptedEncodings) {
    if (response.body().size() < WORTH_COMPRESSING) {
      return response;
    }
    if (!GZIP.matcher(acceptedEncodings).find()) {
      return response.with(VARY);
    }
    var out = new ByteArrayOutputStream(response.body().size() / 3);
    try (var gzip = new Quick(out)) {
      gzip.write(response.body().bytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new HttpResponse(response.status(), response.headers(), Body.of(out.toByteArray()))
        .with(VARY)
        .with(Map.of("content-encoding", "gzip"));
  }

  private static final class Quick extends GZIPOutputStream {
    Quick(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(QUICK);
    }
  }

  private static HttpResponse json(int status, Object tree) {
    return HttpResponse.text(status, "application/json", Json.write(tree));
  }

  private static Map<String, @Nullable Object> facts(String what, Gate.Refusal facts) {
    return new Document()
        .with("error", what)
        .with("data_level", facts.level().orElse(null))
        .with("release", facts.release().name())
        .with("release_level", facts.release().level())
        .with("releases", facts.others())
        .with("remedy", facts.remedy())
        .fields();
  }

  private static HttpResponse error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  static HttpResponse empty(int status) {
    return HttpResponse.empty(status).with(Map.of("content-type", Answer.Text.HTML));
  }
}
