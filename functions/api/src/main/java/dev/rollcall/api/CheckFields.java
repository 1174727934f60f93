package dev.rollcall.api;

import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.core.schedule.Zones;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a request may say about a check: each field with the rules for its value, in the order in
/// which the reference looks at them. It reports the first fault only, takes `null` for a value of
/// the wrong type, booleans for the numbers 1 and 0, and ignores fields that it does not know.
final class CheckFields {
  private static final int DAY = 86_400;
  private static final int LONGEST = 365 * DAY;

  /// Two limits that the reference leaves to its database: a check's description must fit into one
  /// item of ours.
  private static final int DESCRIPTION = 100_000;

  private static final int TAGS = 500;

  private static final List<String> UNIQUE = List.of("name", "slug", "tags", "timeout", "grace");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9_-]*");

  /// As the reference: periods from a minute up.
  static final CheckFields COMPATIBLE = new CheckFields(60);

  /// Rollcall's own calls: periods from ten seconds up.
  static final CheckFields OWN = new CheckFields(10);

  private final List<Field> fields;

  private CheckFields(int shortestPeriod) {
    fields =
        List.of(
            new Field("channels", string(10_000)),
            new Field("desc", string(DESCRIPTION)),
            new Field("failure_kw", string(200)),
            new Field("filter_body", bool()),
            new Field("filter_default_fail", bool()),
            new Field("filter_http_body", bool()),
            new Field("filter_subject", bool()),
            new Field("grace", number(shortestPeriod, LONGEST)),
            new Field("manual_resume", bool()),
            new Field("methods", oneOf("", "POST")),
            new Field("name", string(100)),
            new Field("schedule", schedule()),
            new Field("slug", slug()),
            new Field("start_kw", string(200)),
            new Field("subject", string(200)),
            new Field("subject_fail", string(200)),
            new Field("success_kw", string(200)),
            new Field("tags", string(TAGS)),
            new Field("timeout", number(shortestPeriod, LONGEST)),
            new Field("tz", zone()),
            new Field("unique", list().and(eachOneOf(UNIQUE))));
  }

  /// What it knows, in the order in which it looks.
  List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /// The first thing that is wrong with a request, or empty when it says what may be said.
  Optional<Problem> fault(ObjectNode request) {
    return fields.stream()
        .<Problem>flatMap(field ->
            Optional.ofNullable(request.get(field.name())).flatMap(field.rule()::fault).stream()
                .map(fault -> new Problem.Invalid(fault.formatted(field.name()))))
        .findFirst();
  }

  private record Field(String name, Rule rule) {}

  /// Finds what is wrong with a value: a sentence with `%s` for the field's name.
  private interface Rule {
    Optional<String> fault(JsonNode value);

    default Rule and(Rule next) {
      return value -> fault(value).or(() -> next.fault(value));
    }
  }

  private static Rule rule(Predicate<JsonNode> holds, String fault) {
    return value -> holds.test(value) ? Optional.empty() : Optional.of(fault);
  }

  private static Rule string(int longest) {
    return rule(JsonNode::isString, "%s is not a string")
        .and(rule(value -> length(value) <= longest, "%s is too long"));
  }

  private static Rule schedule() {
    return string(100)
        .and(rule(CheckFields::isSchedule, "%s is not a valid cron or OnCalendar expression"));
  }

  private static Rule slug() {
    return string(100).and(rule(CheckFields::isSlug, "%s does not match pattern"));
  }

  private static Rule zone() {
    return string(100).and(rule(CheckFields::isZone, "%s is not a valid timezone"));
  }

  private static Rule bool() {
    return rule(JsonNode::isBoolean, "%s is not a boolean");
  }

  private static Rule number(int least, int most) {
    return rule(value -> value.isIntegralNumber() || value.isBoolean(), "%s is not a number")
        .and(rule(value -> !isLess(value, least), "%s is too small"))
        .and(rule(value -> isLess(value, most + 1), "%s is too large"));
  }

  private static Rule oneOf(String... texts) {
    return rule(value -> isOneOf(value, Arrays.asList(texts)), "%s has unexpected value");
  }

  private static Rule list() {
    return rule(JsonNode::isArray, "%s is not an array");
  }

  private static Rule eachOneOf(List<String> texts) {
    return rule(
        value ->
            StreamSupport.stream(value.spliterator(), false).allMatch(item -> isOneOf(item, texts)),
        "an item in '%s' has unexpected value");
  }

  private static boolean isOneOf(JsonNode value, List<String> texts) {
    return value.isString() && texts.contains(value.stringValue());
  }

  private static boolean isLess(JsonNode value, int bound) {
    return value.isBoolean()
        ? (value.booleanValue() ? 1 : 0) < bound
        : value.bigIntegerValue().compareTo(BigInteger.valueOf(bound)) < 0;
  }

  private static int length(JsonNode value) {
    var text = value.stringValue();
    return text.codePointCount(0, text.length());
  }

  private static boolean isSchedule(JsonNode value) {
    return Schedules.parse(value.stringValue(), ZoneOffset.UTC) instanceof Parsed.Valid;
  }

  private static boolean isSlug(JsonNode value) {
    return SLUG.matcher(value.stringValue()).matches();
  }

  private static boolean isZone(JsonNode value) {
    return Zones.parse(value.stringValue()).isPresent();
  }
}
