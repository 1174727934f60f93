package dev.rollcall.api;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.Stores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The channels of a project, as the reference lists them.
record ChannelList(Stores stores) {

  Answer list(Call call) {
    var listing = stores.integrations().listing(call.project());
    return answer(listing, listing.channels().stream().map(ChannelList::show).toList());
  }

  /// With those by their ids that this release cannot read, if there are any.
  static Answer answer(
      IntegrationStore.Listing listing, List<Map<String, @Nullable Object>> channels) {
    var answer = new Document().with("channels", channels);
    if (!listing.unreadable().isEmpty()) {
      answer.with(
          "unreadable",
          listing.unreadable().stream()
              .map(id -> new Document().with("id", id.toString()).fields())
              .toList());
    }
    return Answer.ok(answer.fields());
  }

  private static Map<String, @Nullable Object> show(Integration integration) {
    return new Document()
        .with("id", integration.id().toString())
        .with("name", integration.name())
        .with("kind", integration.kind())
        .fields();
  }
}
