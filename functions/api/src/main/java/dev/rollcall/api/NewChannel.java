package dev.rollcall.api;

import dev.rollcall.core.channel.Channel;
import dev.rollcall.core.channel.Channels;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.channel.Reading;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.Secrets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A channel that somebody wants, with settings that its kind takes. Whatever makes channels out of
/// requests asks here, so that none can be made that fails at its first alert.
///
/// @param settings those that its kind asks for
/// @param forAll whether all checks that there are tell it
public record NewChannel(String kind, String name, Map<String, Object> settings, boolean forAll) {

  /// What a request may say about it. Its settings are looked at by its kind.
  static final BodyFields FIELDS =
      BodyFields.of(
          BodyFields.required(
              "kind", FieldRule.oneOf(Channels.ALL.stream().map(Channel::kind).toList())),
          BodyFields.optional("name", FieldRule.string(100)),
          BodyFields.optional("settings", FieldRule.object()),
          BodyFields.optional("assign_all", FieldRule.bool()));

  /// What came of reading a request.
  public sealed interface Read {
    record Right(NewChannel channel) implements Read {}

    /// @param fault what is wrong, as a sentence that begins with the name of a field or setting
    record Wrong(String fault) implements Read {}
  }

  /// @param body `kind`, and perhaps `name`, `settings` and `assign_all`
  public static Read read(ObjectNode body) {
    return FIELDS
        .fault(body)
        .<Read>map(fault -> new Read.Wrong(fault.what()))
        .orElseGet(() -> read(new BodyFields.Said(FIELDS, body)));
  }

  static Read read(BodyFields.Said said) {
    var channel = said.text("kind").flatMap(Channels::named).orElseThrow();
    var settings = settings(channel, said.value("settings"));
    return switch (channel.readNew(settings)) {
      case Reading.Invalid<?>(var field, var reason) -> new Read.Wrong(field + " " + reason);
      case Reading.Valid<?> _ ->
          new Read.Right(
              new NewChannel(
                  channel.kind(),
                  said.text("name").orElse(""),
                  settings,
                  said.flag("assign_all").orElse(false)));
    };
  }

  /// As a channel of a project, with an id and a secret of its own.
  public Integration of(ProjectId project, boolean disabled, Secrets secrets, Instant now) {
    return new Integration(
        new ChannelId(UUID.randomUUID()),
        project,
        kind,
        name,
        settings,
        secrets.signing(),
        disabled,
        null,
        now);
  }

  /// What was sent for the fields that the channel has.
  private static Map<String, Object> settings(Channel<?> channel, Optional<JsonNode> sent) {
    var settings = new LinkedHashMap<String, Object>();
    for (var field : channel.fields()) {
      sent.map(values -> plain(values.path(field.name())))
          .ifPresent(value -> settings.put(field.name(), value));
    }
    return settings;
  }

  /// JSON as maps, lists, texts, numbers and booleans; null for null and for nothing.
  private static @Nullable Object plain(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING -> json.stringValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER -> json.numberValue();
      case OBJECT ->
          json.properties().stream()
              .collect(
                  Collectors.toMap(Map.Entry::getKey, entry -> orNothing(plain(entry.getValue()))));
      case ARRAY -> json.valueStream().map(item -> orNothing(plain(item))).toList();
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }

  /// An empty list for null, which no setting is made of: whoever reads it says so.
  private static Object orNothing(@Nullable Object value) {
    return value == null ? List.of() : value;
  }
}
