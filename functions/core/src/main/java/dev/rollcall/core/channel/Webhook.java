package dev.rollcall.core.channel;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// An HTTP request of the user's own making. Settings and placeholders are those of the reference.
///
/// `$CODE` the check's id, `$STATUS` up or down, `$NOW` when it flipped, `$NAME`, `$NAME_JSON`,
/// `$SLUG`, `$TAGS` and `$TAG1`, `$TAG2`…, `$EXITSTATUS` of the last ping or -1, `$JSON` the check
/// as the API shows it; and in the body only, `$BODY` and `$BODY_JSON`, the last ping's.
///
/// What placeholders make of a request is bounded, so that no check and no channel takes the memory
/// that others need. The bounds are beyond what servers take.
final class Webhook implements Channel<Webhook.Settings> {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT");
  private static final int API_VERSION = 3;
  private static final String HELP =
      "$CODE, $STATUS, $NOW, $NAME, $SLUG, $TAGS, $TAG1, $EXITSTATUS and $JSON are replaced";

  /// How many characters a URL may have, and all headers together with their names.
  static final int HEAD_LIMIT = 64 * 1024;

  /// How many bytes a body may have.
  static final int BODY_LIMIT = 1024 * 1024;

  /// How many characters the headers may have before placeholders are replaced: what servers take
  /// unless told otherwise.
  private static final int HEADERS_LIMIT = 8000;

  /// @param down what is sent when a check goes down
  /// @param up what is sent when it comes up again
  record Settings(Request down, Request up) {}

  /// @param url empty for no request at all
  record Request(String method, String url, String body, Map<String, String> headers) {}

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public String title() {
    return "Webhook";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice("method_down", "Method when a check goes down", METHODS),
        Field.of("url_down", "URL when a check goes down", Field.Type.URL, "")
            .asSecret()
            .withHelp(HELP + "; empty for no request."),
        Field.of("body_down", "Body when a check goes down", Field.Type.TEXTAREA, "")
            .asSecret()
            .withHelp(HELP + ", and so are $BODY, $BODY_JSON and $NAME_JSON."),
        Field.of("headers_down", "Headers when a check goes down", Field.Type.HEADERS, Map.of())
            .asSecret()
            .withLimit(HEADERS_LIMIT)
            .withHelp(HELP + "."),
        Field.choice("method_up", "Method when a check comes up", METHODS),
        Field.of("url_up", "URL when a check comes up", Field.Type.URL, "")
            .asSecret()
            .withHelp(HELP + "; empty for no request."),
        Field.of("body_up", "Body when a check comes up", Field.Type.TEXTAREA, "")
            .asSecret()
            .withHelp(HELP + ", and so are $BODY, $BODY_JSON and $NAME_JSON."),
        Field.of("headers_up", "Headers when a check comes up", Field.Type.HEADERS, Map.of())
            .asSecret()
            .withLimit(HEADERS_LIMIT)
            .withHelp(HELP + "."));
  }

  @Override
  public boolean isSigned() {
    return true;
  }

  @Override
  public Reading<Settings> read(Map<String, Object> settings) {
    return Form.read(
        fields(),
        settings,
        form -> {
          var read = new Settings(request(form, "_down"), request(form, "_up"));
          return read.down().url().isEmpty() && read.up().url().isEmpty()
              ? new Reading.Invalid<>("url_down", "is empty, and so is the other URL")
              : new Reading.Valid<>(read);
        });
  }

  @Override
  public Delivery render(Alert alert, Settings settings) {
    return switch (alert) {
      case Alert.WentDown _ -> render(alert, Status.DOWN, settings.down());
      case Alert.CameUp _ -> render(alert, Status.UP, settings.up());
      case Alert.Several several -> newest(several, settings);
      case Alert.Test _ ->
          settings.down().url().isEmpty()
              ? render(alert, Status.UP, settings.up())
              : render(alert, Status.DOWN, settings.down());
    };
  }

  /// The last flip says all that a request can say of many; if the other way is the only one that
  /// is wanted, the last that led there.
  private Delivery newest(Alert.Several several, Settings settings) {
    var last = render(single(several, several.flip()), settings);
    return last instanceof Delivery.Nothing && several.turn() != null
        ? render(single(several, several.turn()), settings)
        : last;
  }

  private static Alert single(Alert.Several several, Flip flip) {
    return flip.to() == Status.DOWN
        ? new Alert.WentDown(several.subject(), flip)
        : new Alert.CameUp(several.subject(), flip, null);
  }

  private static Request request(Form form, String suffix) {
    return new Request(
        form.text("method" + suffix),
        form.text("url" + suffix),
        form.text("body" + suffix),
        form.headers("headers" + suffix));
  }

  private static Delivery render(Alert alert, Status status, Request request) {
    if (request.url().isEmpty()) {
      return new Delivery.Nothing();
    }
    var values = values(alert, status);
    var url = new Template(values, Template::quote).fill(request.url(), HEAD_LIMIT);
    if (url.isEmpty()) {
      return tooLong("the URL", HEAD_LIMIT, "characters");
    }
    // Quoted values, which stand behind the host, leave an address an address.
    var address = WebAddress.read(url.get()).orElseThrow();
    var headers = headers(request, address, new Template(values));
    if (headers.isEmpty()) {
      return tooLong("the headers", HEAD_LIMIT, "characters");
    }
    var body =
        request.method().equals("GET") ? Optional.of(Body.EMPTY) : body(alert, values, request);
    if (body.isEmpty()) {
      return tooLong("the body", BODY_LIMIT, "bytes");
    }
    return new Delivery.Post(
        request.method(), address.uri(), headers.get(), body.get(), Delivery.Post.TAKEN, Set.of());
  }

  private static Delivery tooLong(String part, int limit, String unit) {
    return new Delivery.Unsendable(
        String.format(
            Locale.ROOT,
            "with its placeholders replaced, %s would have more than %,d %s",
            part,
            limit,
            unit));
  }

  /// Empty when they are too long.
  private static Optional<Map<String, String>> headers(
      Request request, WebAddress address, Template template) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", "rollcall");
    if (!address.credentials().isEmpty()) {
      var credentials = address.credentials().getBytes(StandardCharsets.UTF_8);
      headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    var size = 0;
    for (var header : request.headers().entrySet()) {
      var value = template.fill(header.getValue(), HEAD_LIMIT).map(Template::header);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      headers.put(header.getKey(), value.get());
      size += header.getKey().length() + value.get().length();
      if (size > HEAD_LIMIT) {
        return Optional.empty();
      }
    }
    return Optional.of(headers);
  }

  /// Empty when it is too long.
  private static Optional<Body> body(Alert alert, Map<String, String> values, Request request) {
    var ping = alert.subject().ping();
    var text = ping == null ? "" : ping.output();
    var all = new HashMap<>(values);
    all.put("$BODY", text);
    all.put("$BODY_JSON", Json.write(text));
    return new Template(all)
        .fill(request.body(), BODY_LIMIT)
        .map(filled -> filled.getBytes(StandardCharsets.UTF_8))
        .filter(bytes -> bytes.length <= BODY_LIMIT)
        .map(Body::of);
  }

  private static Map<String, String> values(Alert alert, Status status) {
    var subject = alert.subject();
    var details = subject.details();
    var ping = subject.ping();
    var exitStatus = ping == null ? null : ping.exitStatus();
    var values = new LinkedHashMap<String, String>();
    values.put("$CODE", subject.check().id().toString());
    values.put("$STATUS", CheckDocument.word(status));
    values.put("$NOW", CheckDocument.timestamp(alert.flip().at()));
    values.put("$NAME", details.name());
    values.put("$NAME_JSON", Json.write(details.name()));
    values.put("$SLUG", details.slug());
    values.put("$TAGS", details.tags());
    values.put("$EXITSTATUS", exitStatus == null ? "-1" : exitStatus.toString());
    values.put("$JSON", Json.write(document(alert, status)));
    var tags = details.tagList();
    for (int i = 0; i < tags.size(); i++) {
      values.put("$TAG" + (i + 1), tags.get(i));
    }
    return values;
  }

  /// The check as it is, but in the state that the alert tells of, even when it has flipped since:
  /// `$STATUS` and `$JSON` agree, and what is down expects nothing.
  private static Map<String, ?> document(Alert alert, Status status) {
    var subject = alert.subject();
    var document =
        CheckDocument.whole(
            subject.check().in(told(alert, status)),
            subject.details(),
            subject.site(),
            API_VERSION,
            subject.now());
    document.put("status", CheckDocument.word(status));
    return document;
  }

  private static State told(Alert alert, Status status) {
    var state = alert.subject().check().state();
    var lastPing = state.lastPing();
    if (status == Status.DOWN) {
      return new State.Down(alert.flip().at(), Reason.TIMEOUT, lastPing);
    }
    return lastPing == null ? state : new State.Up(lastPing);
  }
}
