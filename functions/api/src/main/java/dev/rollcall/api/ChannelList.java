package dev.rollcall.api;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.store.Stores;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The channels of a project, as the reference lists them.
record ChannelList(Stores stores) {

  Answer list(Call call) {
    return Answer.ok(
        Map.of(
            "channels",
            stores.integrations().list(call.project()).stream().map(ChannelList::show).toList()));
  }

  private static Map<String, @Nullable Object> show(Integration integration) {
    return new Document()
        .with("id", integration.id().toString())
        .with("name", integration.name())
        .with("kind", integration.kind())
        .fields();
  }
}
