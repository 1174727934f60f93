package dev.rollcall.api;

import dev.rollcall.core.channel.Channel;
import dev.rollcall.core.channel.Channels;
import dev.rollcall.core.channel.Field;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Stores;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Setting up channels: what kinds there are, those of a project, new ones, trying one out.
record ChannelSetup(Stores stores, SqsQueue deliveries, Secrets secrets) {

  /// Answers a call about a channel of the caller's project.
  interface Handler {
    Answer answer(Call call, Integration integration);
  }

  Endpoint.Handler own(Handler handler) {
    return call -> {
      var id = new ChannelId(UUID.fromString(call.variable("channel")));
      var integration = stores.integrations().find(id);
      if (integration.isEmpty()) {
        return new Problem.NoSuchPage();
      }
      return integration.get().project().equals(call.project())
          ? handler.answer(call, integration.get())
          : new Problem.NotYours();
    };
  }

  /// What there is to set up, and what each asks for.
  Answer kinds(Call call) {
    return Answer.ok(Map.of("kinds", Channels.ALL.stream().map(ChannelSetup::describe).toList()));
  }

  Answer list(Call call) {
    var listing = stores.integrations().listing(call.project());
    return ChannelList.answer(
        listing, listing.channels().stream().map(ChannelSetup::show).toList());
  }

  /// Makes a channel from `kind`, `name` and `settings`; with `assign_all`, all checks tell it.
  Answer create(Call call) {
    return call.body().answer(NewChannel.FIELDS, said -> create(call, said));
  }

  private Answer create(Call call, BodyFields.Said said) {
    return switch (NewChannel.read(said)) {
      case NewChannel.Read.Wrong(var fault) -> new Problem.Invalid(fault);
      case NewChannel.Read.Right(var wanted) -> {
        var integration =
            stores.integrations().create(wanted.of(call.project(), false, secrets, call.now()));
        if (wanted.forAll()) {
          retell(call, _ -> true, channels -> channels.add(integration.id()));
        }
        yield new Answer.Json(201, show(integration));
      }
    };
  }

  /// Deletes a channel, from the checks that tell it first: an interrupted deletion can be
  /// repeated.
  Answer delete(Call call, Integration integration) {
    retell(
        call,
        check -> check.details().channels().contains(integration.id()),
        channels -> channels.remove(integration.id()));
    stores.integrations().delete(integration.id());
    return Answer.ok(show(integration));
  }

  /// Has a message sent to a channel. How that went is its last error afterwards.
  Answer test(Call call, Integration integration) {
    deliveries.send(Message.Deliver.test(integration.id()));
    return new Answer.Empty(202);
  }

  private interface Change {
    boolean apply(SortedSet<ChannelId> channels);
  }

  private void retell(Call call, Predicate<CheckRecord> which, Change change) {
    UnaryOperator<Details> changed =
        details -> {
          var channels = new TreeSet<>(details.channels());
          return change.apply(channels) ? details.telling(channels) : details;
        };
    stores.catalog().list(call.project()).stream()
        .filter(which)
        .forEach(check -> stores.catalog().describe(check.details().id(), changed));
  }

  private static Map<String, @Nullable Object> show(Integration integration) {
    var document =
        new Document()
            .with("id", integration.id().toString())
            .with("name", integration.name())
            .with("kind", integration.kind())
            .with("settings", open(integration))
            .with("disabled", integration.disabled())
            .with("last_error", integration.lastError());
    if (Channels.named(integration.kind()).filter(Channel::isSigned).isPresent()) {
      var secret = integration.secret();
      document.with("signing_secret", secret == null ? null : secret.text());
    }
    return document.fields();
  }

  /// The settings that are no secret.
  private static Map<String, Object> open(Integration integration) {
    var secrets =
        Channels.named(integration.kind()).stream()
            .flatMap(channel -> channel.fields().stream())
            .filter(Field::secret)
            .map(Field::name)
            .collect(Collectors.toSet());
    return integration.settings().entrySet().stream()
        .filter(setting -> !secrets.contains(setting.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, @Nullable Object> describe(Channel<?> channel) {
    return new Document()
        .with("kind", channel.kind())
        .with("title", channel.title())
        .with("fields", channel.fields().stream().map(ChannelSetup::describe).toList())
        .fields();
  }

  private static Map<String, @Nullable Object> describe(Field field) {
    return new Document()
        .with("name", field.name())
        .with("label", field.label())
        .with("type", field.type().name().toLowerCase(Locale.ROOT))
        .with("options", field.options())
        .with("required", field.required())
        .with("secret", field.secret())
        .with("help", field.help())
        .with("default", field.initial())
        .fields();
  }
}
