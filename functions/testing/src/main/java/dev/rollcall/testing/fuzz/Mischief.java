package dev.rollcall.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Damages requests, and the events that bring them, always the same way for the same seed.
///
/// `-Drollcall.fuzz.requests=N` makes the tests send more than they do in a build, by a seed of
/// chance, and `-Drollcall.fuzz.seed=N` repeats a run.
public final class Mischief {
  private static final String SEED = "rollcall.fuzz.seed";
  private static final String REQUESTS = "rollcall.fuzz.requests";

  /// A build sends the same requests each time, so that it fails for its own changes only.
  private static final long SEED_OF_BUILDS = 20_260_601;

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "get", "", "PROPFIND");

  /// A value in a JSON object, after its name.
  private static final Pattern VALUE =
      Pattern.compile("(?<=\":)\\s*(?:\"[^\"]*\"|[-0-9.]+|true|false|null)");

  private final long seed;
  private final RandomGenerator random;
  private final Oddities odd;
  private int damaged;

  private Mischief(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    odd = new Oddities(random);
  }

  /// By the seed of builds, or the one that was asked for; says which on standard output.
  public static Mischief start(String name) {
    var seed =
        Long.getLong(
            SEED,
            System.getProperty(REQUESTS) == null
                ? SEED_OF_BUILDS
                : new SplittableRandom().nextLong());
    System.out.printf("%s: malformed requests by -D%s=%d%n", name, SEED, seed);
    return new Mischief(seed);
  }

  /// How many requests to send.
  public static int requests(int inABuild) {
    return Integer.getInteger(REQUESTS, inABuild);
  }

  /// What to look for again when the last damage did harm.
  @Override
  public String toString() {
    return "request %d by -D%s=%d".formatted(damaged, SEED, seed);
  }

  /// One of these requests, damaged, as the event of an HTTP API.
  public byte[] damage(List<Sample> samples) {
    damaged++;
    var draft = new Draft(odd.pick(samples));
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      harm(draft);
    }
    var event = draft.event();
    return random.nextInt(8) == 0 ? harm(event) : event;
  }

  private void harm(Draft draft) {
    switch (random.nextInt(12)) {
      case 0 -> draft.method = random.nextInt(4) == 0 ? odd.text() : odd.pick(METHODS);
      case 1, 2 -> draft.path = harmPath(draft.path);
      case 3 -> draft.query = harmQuery(draft.query);
      case 4, 5 -> harmHeader(draft);
      case 6 -> draft.address = odd.text();
      case 7 -> draft.body = cut(draft.body);
      case 8 -> draft.body = odd.json();
      default -> draft.body = harmJson(draft.body);
    }
  }

  private String harmPath(String path) {
    var parts = Arrays.asList(path.split("/", -1));
    var place = random.nextInt(parts.size());
    return switch (random.nextInt(7)) {
      case 0 -> path + odd.text();
      case 1 -> path + "/" + odd.text();
      case 2 -> cut(path);
      case 3 -> odd.text();
      case 4 -> path.replace("/", "//");
      case 5 -> {
        parts.set(place, odd.text());
        yield String.join("/", parts);
      }
      default -> {
        parts.set(place, parts.get(place) + odd.text());
        yield String.join("/", parts);
      }
    };
  }

  private String harmQuery(String query) {
    return switch (random.nextInt(5)) {
      case 0 -> query + "&" + odd.text();
      case 1 -> query.replaceFirst("=.*", "=") + odd.text();
      case 2 -> "&&=&=" + query + "&=";
      case 3 ->
          odd.pick(List.of("start", "end", "seconds", "tag", "slug", "rid", "create", "create=1&x"))
              + "="
              + odd.text();
      default -> odd.text();
    };
  }

  private void harmHeader(Draft draft) {
    var names =
        List.of(
            "x-api-key",
            "x-metrics-key",
            "authorization",
            "accept-encoding",
            "user-agent",
            "x-forwarded-proto",
            "content-type",
            "content-length");
    switch (random.nextInt(5)) {
      case 0 -> draft.headers.clear();
      case 1 -> draft.headers.put(odd.text(), odd.text());
      case 2 -> draft.headers.replaceAll((_, value) -> cut(value));
      case 3 -> draft.headers.put("authorization", "Bearer " + odd.text());
      default -> draft.headers.put(odd.pick(names), odd.text());
    }
  }

  private String harmJson(String body) {
    var values = VALUE.matcher(body).results().toList();
    if (values.isEmpty()) {
      return odd.json();
    }
    var value = odd.pick(values);
    return switch (random.nextInt(4)) {
      case 0 -> "[" + body + "]";
      case 1 -> behindBrace(body, Escapes.quoted(odd.text()) + ": " + odd.json() + ",");
      default -> body.substring(0, value.start()) + odd.json() + body.substring(value.end());
    };
  }

  private static String behindBrace(String json, String more) {
    var brace = json.indexOf('{') + 1;
    return json.substring(0, brace) + more + json.substring(brace);
  }

  private String cut(String text) {
    return text.isEmpty() ? text : text.substring(0, random.nextInt(text.length()));
  }

  /// Damages the event itself, which the gateway never does.
  private byte[] harm(byte[] event) {
    var text = new String(event, StandardCharsets.US_ASCII);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(event, random.nextInt(event.length));
      case 1 -> {
        var other = event.clone();
        other[random.nextInt(other.length)] = (byte) random.nextInt();
        yield other;
      }
      case 2 -> harmJson(text).getBytes(StandardCharsets.UTF_8);
      case 3 -> behindBrace(text, odd.json()).getBytes(StandardCharsets.UTF_8);
      default ->
          text.replaceFirst(
                  "\"(headers|http|requestContext)\":",
                  "\"$1\": " + odd.pick(List.of("null", "[1]", "7", "\"x\"")) + ", \"$1 \":")
              .getBytes(StandardCharsets.UTF_8);
    };
  }

  /// A request that is being damaged.
  private final class Draft {
    private String method;
    private String path;
    private String query;
    private String address = "203.0.113.7";
    private String body;
    private final Map<String, String> headers;

    private Draft(Sample sample) {
      method = sample.method();
      path = sample.path();
      query = sample.query();
      body = sample.body();
      headers = new LinkedHashMap<>(sample.headers());
    }

    private byte[] event() {
      var isBase64 = random.nextBoolean();
      return """
      {"version": "2.0", "rawPath": %s, "rawQueryString": %s, "headers": {%s},
      "requestContext": {"http": {"method": %s, "sourceIp": %s}, "requestId": "fuzz-%d"},
      "body": %s, "isBase64Encoded": %s}
      """
          .formatted(
              Escapes.quoted(path),
              Escapes.quoted(query),
              headers.entrySet().stream()
                  .map(header ->
                      Escapes.quoted(header.getKey()) + ": " + Escapes.quoted(header.getValue()))
                  .collect(Collectors.joining(", ")),
              Escapes.quoted(method),
              Escapes.quoted(address),
              damaged,
              Escapes.quoted(isBase64 ? base64() : body),
              isBase64)
          .getBytes(StandardCharsets.US_ASCII);
    }

    /// Sometimes cut off, and sometimes not of UTF-8.
    private String base64() {
      var charset = random.nextInt(6) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
      var whole = Base64.getEncoder().encodeToString(body.getBytes(charset));
      return random.nextInt(6) == 0 ? cut(whole) : whole;
    }
  }
}
