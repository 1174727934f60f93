package dev.rollcall.api;

import dev.rollcall.core.channel.Integration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The channels of a project, as the reference lists them.
record ChannelList(Stores stores) {

  Answer list(Call call) {
    return Answer.ok(
        Map.of(
            "channels",
            stores.integrations().list(call.project()).stream().map(ChannelList::show).toList()));
  }

  private static Map<String, Object> show(Integration integration) {
    var document = new LinkedHashMap<String, Object>();
    document.put("id", integration.id().toString());
    document.put("name", integration.name());
    document.put("kind", integration.kind());
    return document;
  }
}
