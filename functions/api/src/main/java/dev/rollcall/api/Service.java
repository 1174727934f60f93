package dev.rollcall.api;

import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Due;
import dev.rollcall.store.Stores;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the installation says of itself, and what other services say to it.
///
/// @param metricsKey who knows it may read the metrics; null when nobody may
record Service(Stores stores, @Nullable String metricsKey, Keyring keyring) {

  /// How many checks of each shard are looked at for flips that nobody has taken over.
  private static final int SAMPLE = 100;

  /// That it is there.
  Answer status(Call call) {
    return new Answer.Text(200, Answer.Text.HTML, "OK");
  }

  /// How it fares. Two of the reference's numbers are ids of its database, of which there are none
  /// here: they are null.
  Answer metrics(Call call) {
    var key = call.request().header("x-metrics-key").orElse("");
    if (!isMetricsKey(key)) {
      return key.isEmpty() ? new Answer.Empty(403) : refuse(call);
    }
    return Answer.ok(
        new Document()
            .with("ts", call.now().getEpochSecond())
            .with("max_ping_id", null)
            .with("max_notification_id", null)
            .with("num_unprocessed_flips", untold(call))
            .fields());
  }

  /// Where a provider reports what became of a message. All are answered alike, known or not, so
  /// that none tries again.
  Answer notification(Call call) {
    return new Answer.Empty(200);
  }

  /// Where the reference has its mail's bounces sent. Ours come from SES by another way.
  Answer bounce(Call call) {
    return new Answer.Text(200, Answer.Text.HTML, "OK (bad signature)");
  }

  /// Checks with an untold flip are due within [CheckStore#RETELL].
  private int untold(Call call) {
    var until = call.now().plus(CheckStore.RETELL);
    var due =
        IntStream.range(0, stores.checks().shards())
            .boxed()
            .flatMap(shard -> stores.checks().due(shard, until, SAMPLE).stream())
            .map(Due::check)
            .toList();
    return stores.checks().findAll(due).stream().mapToInt(item -> item.untold().size()).sum();
  }

  private Answer refuse(Call call) {
    return keyring
        .wrong(call.request().address(), call.now())
        .<Answer>map(Problem.TooManyWrongKeys::new)
        .orElseGet(() -> new Answer.Empty(403));
  }

  private boolean isMetricsKey(String key) {
    return metricsKey != null
        && MessageDigest.isEqual(
            metricsKey.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
  }
}
