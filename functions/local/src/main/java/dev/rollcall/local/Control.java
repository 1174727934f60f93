package dev.rollcall.local;

import static java.util.stream.Collectors.joining;

import dev.rollcall.api.NewChannel;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.mail.CaughtMail;
import dev.rollcall.local.mail.Feedback;
import dev.rollcall.local.mail.Mail;
import dev.rollcall.local.mail.Reception;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.testing.Meter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The control API under `/_local/`: for tests, and for trying out what time brings. No deployed
/// function has it.
final class Control {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern PROJECT =
      Pattern.compile("/projects/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(/channels)?");

  /// The longest jump of the clock: beyond any period.
  private static final long LONGEST_ADVANCE = Duration.ofDays(4000).toSeconds();

  private final Projects projects;
  private final ProjectStore projectStore;
  private final CheckCatalog catalog;
  private final IntegrationStore integrations;
  private final Secrets secrets;
  private final VirtualClock clock;
  private final CaughtMail mail;
  private final Reception reception;
  private final Work work;
  private final Folder.Session session;
  private final Map<String, Meter> meters;

  Control(
      Projects projects,
      ProjectStore projectStore,
      CheckCatalog catalog,
      IntegrationStore integrations,
      Secrets secrets,
      VirtualClock clock,
      CaughtMail mail,
      Reception reception,
      Work work,
      Folder.Session session,
      Map<String, Meter> meters) {
    this.projects = projects;
    this.projectStore = projectStore;
    this.catalog = catalog;
    this.integrations = integrations;
    this.secrets = secrets;
    this.clock = clock;
    this.mail = mail;
    this.reception = reception;
    this.work = work;
    this.session = session;
    this.meters = meters;
  }

  /// @param path what follows `/_local`
  /// @param query percent-encoded, without the question mark
  Answer answer(String method, String path, String query, byte[] body) {
    if (method.equals("POST") && path.equals("/mail")) {
      return receive(query, body);
    }
    JsonNode input;
    try {
      input = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JacksonException malformed) {
      return Answer.problem(400, "the body is no JSON");
    }
    if (!input.isObject()) {
      return Answer.problem(400, "the body must be a JSON object");
    }
    return switch (method + " " + path) {
      case "POST /projects" -> createProject(input);
      case "GET /clock" -> time();
      case "POST /clock" -> advance(input);
      case "POST /sweep" -> sweep();
      case "GET /outbox" -> Answer.json(200, mail.mails().stream().map(Control::mail).toList());
      case "DELETE /outbox" -> clearOutbox();
      case "POST /returns" -> giveBack(input);
      case "GET /cost" -> cost();
      case "GET /session" -> session();
      default -> project(method, path, input);
    };
  }

  private Answer project(String method, String path, JsonNode input) {
    var match = PROJECT.matcher(path);
    if (!match.matches()) {
      return Answer.problem(404, "there is no " + method + " /_local" + path);
    }
    var project = projectStore.find(new ProjectId(UUID.fromString(match.group(1))));
    if (project.isEmpty()) {
      return Answer.problem(404, "there is no such project");
    }
    var isChannels = match.group(2) != null;
    if (method.equals("POST") && isChannels) {
      return createChannel(project.get(), input);
    }
    if (method.equals("PATCH") && !isChannels) {
      return setLimits(project.get(), input);
    }
    return Answer.problem(405, "PATCH a project, or POST to its channels");
  }

  private Answer createProject(JsonNode input) {
    var made = projects.create(input.path("name").asString("Project"));
    var project = made.project();
    return Answer.json(
        201,
        Map.of(
            "uuid", project.id().toString(),
            "api_key", made.apiKey(),
            "api_key_readonly", made.readOnlyKey(),
            "ping_key", project.pingKey(),
            "badge_key", project.badgeKey()));
  }

  private Answer setLimits(Project project, JsonNode input) {
    var checks = limit(input.path("check_limit"), project.checkLimit());
    var pings = limit(input.path("ping_log_limit"), project.pingLogLimit());
    if (checks < 0 || pings < 0) {
      return Answer.problem(400, "a limit is a whole number from 0 on");
    }
    projectStore.change(
        project.id(),
        before ->
            new Project(
                before.id(), before.name(), before.pingKey(), before.badgeKey(), checks, pings));
    return Answer.json(200, Map.of("check_limit", checks, "ping_log_limit", pings));
  }

  /// The limit that is asked for, `before` when none is, or -1 when it is no number.
  private static int limit(JsonNode asked, int before) {
    return asked.isMissingNode() ? before : asked.isInt() ? asked.intValue() : -1;
  }

  private Answer createChannel(Project project, JsonNode input) {
    var value = input.path("value");
    if (!value.isObject() && !value.isString()) {
      return Answer.problem(400, "a channel needs kind and value, an object or a text");
    }
    for (var flag : List.of("assign", "disabled")) {
      if (input.has(flag) && !input.path(flag).isBoolean()) {
        return Answer.problem(400, flag + " is not a boolean");
      }
    }
    return switch (NewChannel.read(wanted(input, value))) {
      case NewChannel.Read.Wrong(var fault) -> Answer.problem(400, fault);
      case NewChannel.Read.Right(var wanted) -> {
        var disabled = input.path("disabled").asBoolean(false);
        var made = wanted.of(project.id(), disabled, secrets, clock.instant());
        integrations.create(made);
        if (wanted.forAll()) {
          assignToAll(project.id(), made.id());
        }
        yield Answer.json(201, Map.of("uuid", made.id().toString()));
      }
    };
  }

  /// The words of the API for what this one takes.
  private static ObjectNode wanted(JsonNode input, JsonNode value) {
    var wanted = JSON.createObjectNode();
    for (var field : List.of("kind", "name")) {
      if (input.has(field)) {
        wanted.set(field, input.path(field));
      }
    }
    wanted.put("assign_all", input.path("assign").asBoolean(false));
    return wanted.set(
        "settings", value.isObject() ? value : JSON.createObjectNode().set("value", value));
  }

  private void assignToAll(ProjectId project, ChannelId channel) {
    for (var record : catalog.list(project)) {
      catalog.describe(
          record.details().id(),
          details -> {
            var channels = new TreeSet<>(details.channels());
            channels.add(channel);
            return details.telling(channels);
          });
    }
  }

  private Answer time() {
    return Answer.json(200, Map.of("now", clock.instant().toString()));
  }

  private Answer advance(JsonNode input) {
    var seconds = input.path("advance");
    if (!seconds.isNumber() || seconds.asDouble() < 0 || seconds.asDouble() > LONGEST_ADVANCE) {
      return Answer.problem(
          400, "advance must be a number of seconds from 0 to " + LONGEST_ADVANCE);
    }
    clock.advance(Duration.ofMillis(Math.round(seconds.asDouble() * 1000)));
    return time();
  }

  private Answer sweep() {
    var done = work.sweepToTheEnd();
    return Answer.json(200, Map.of("flips", done.flips(), "notifications", done.notifications()));
  }

  /// The body is a message, as mail servers hand it on.
  private Answer receive(String query, byte[] message) {
    var parameters = parameters(query);
    // In a query a plus stands for a blank, which no address has.
    var to =
        parameters.getOrDefault("to", List.of()).stream()
            .map(address -> address.replace(' ', '+'))
            .toList();
    try {
      var from = parameters.get("from");
      var received = reception.receive(message, to, from == null ? null : from.getLast());
      return Answer.json(
          200, Map.of("message_id", received.id(), "recipients", received.recipients()));
    } catch (IllegalArgumentException wrong) {
      return Answer.problem(400, Objects.requireNonNullElse(wrong.getMessage(), "no message"));
    } catch (IllegalStateException failed) {
      // In the cloud SES would have the function called again.
      return Answer.problem(503, "the mail was not taken, send it again: " + failed.getMessage())
          .with("retry-after", "5");
    }
  }

  private static Map<String, List<String>> parameters(String query) {
    return new HttpRequest("", "POST", "/", query, Map.of(), "", Body.EMPTY).parameters();
  }

  private Answer clearOutbox() {
    mail.clear();
    return Answer.empty(204);
  }

  private Answer giveBack(JsonNode input) {
    var feedback = Feedback.named(input.path("because").asString(""));
    if (feedback.isEmpty()) {
      return Answer.problem(
          400,
          "because must be one of "
              + Arrays.stream(Feedback.values()).map(Feedback::word).collect(joining(", ")));
    }
    return mail.giveBack(input.path("to").asString(""), feedback.get())
        ? Answer.empty(204)
        : Answer.problem(404, "no mail to this address was caught since the service started");
  }

  private Answer cost() {
    var cost = new LinkedHashMap<String, Object>();
    meters.forEach((function, meter) -> {
      var usage = meter.usage();
      cost.put(
          function,
          Map.of(
              "calls", usage.calls(),
              "write_units", usage.writeUnits(),
              "read_units", usage.readUnits()));
    });
    return Answer.json(200, cost);
  }

  private Answer session() {
    return Answer.json(
        200,
        Map.of(
            "project", Map.of("uuid", session.project().toString(), "name", session.name()),
            "api_key", session.apiKey(),
            "api_key_readonly", session.readOnlyKey(),
            "ping_key", session.pingKey()));
  }

  private static Map<String, Object> mail(Mail mail) {
    return Map.of(
        "to", mail.to(),
        "from", mail.from(),
        "subject", mail.subject(),
        "text", mail.text(),
        "html", mail.html(),
        "headers", mail.headers(),
        "at", mail.at().toString());
  }
}
