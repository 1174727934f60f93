package dev.rollcall.local;

import dev.rollcall.api.ApiWiring;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.Settings;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.mail.CaughtMail;
import dev.rollcall.local.mail.Messages;
import dev.rollcall.local.mail.Reception;
import dev.rollcall.local.queue.VirtualSqs;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.store.RawItems;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The dashboard and the API of a desk, on data that a test brings to any level and phase.
final class DeskOfAnotherLevel implements AutoCloseable {
  private final TablesInMemory memory = new TablesInMemory();
  private final VirtualClock clock = new VirtualClock(Duration.ZERO);
  private final VirtualSqs sqs = new VirtualSqs(clock, Work.queues());
  private final Work work;
  private final Front front;
  private final IntegrationStore integrations;
  private final Projects.Made made;

  DeskOfAnotherLevel() {
    var projectStore = new ProjectStore(memory.client(), memory.tables());
    integrations = new IntegrationStore(memory.client(), memory.tables());
    var projects = new Projects(projectStore, clock);
    made = projects.create("My project");
    for (int number = 0; number < 5; number++) {
      integrations.create(
          new Integration(
              new ChannelId(UUID.randomUUID()),
              made.project().id(),
              "email",
              "Office " + number,
              Map.of("value", "office@example.org", "up", true, "down", true),
              false,
              null,
              clock.instant()));
    }
    work = new Work(sqs, clock, false, _ -> new byte[0], _ -> new byte[0], _ -> new byte[0]);
    var control =
        new Control(
            projects,
            projectStore,
            new CheckCatalog(memory.client(), memory.tables()),
            integrations,
            Secrets.secure(),
            clock,
            CaughtMail.inMemory(clock),
            new Reception(clock, Messages.inMemory(), _ -> new byte[0]),
            work,
            new Folder.Session(
                made.project().id().value(),
                made.project().name(),
                made.apiKey(),
                made.readOnlyKey(),
                made.project().pingKey()),
            Map.of());
    var api = new Gateway(ApiWiring.handler(settings(), memory.client(), sqs, clock));
    front = Front.start(0, new Routes(api, api, control, new StaticSite()));
  }

  private Settings settings() {
    var variables = new HashMap<String, String>();
    variables.put("ROLLCALL_STATE_TABLE", memory.tables().state());
    variables.put("ROLLCALL_LOG_TABLE", memory.tables().log());
    variables.put("ROLLCALL_SITE_ROOT", "http://localhost");
    for (var queue : new String[] {"FLIPS", "DUE", "DELIVERIES"}) {
      variables.put("ROLLCALL_" + queue + "_QUEUE", sqs.url(Work.FLIPS));
    }
    return new Settings(variables::get);
  }

  String url() {
    return "http://localhost:" + front.port();
  }

  /// What the data says of its own shape.
  SchemaItems data() {
    return new SchemaItems(memory);
  }

  private Migrator migrator() {
    return new Migrator(
        new RawItems(memory.client(), memory.tables()),
        Release.THIS,
        Documents.ofThisBuild().migrations(),
        Setup.alone("anna"));
  }

  /// Every item has what the next level adds, and the rest of the work has just begun.
  void settling() {
    var deployed = migrator();
    var _ = deployed.expand(2, "deploy", Instant.now().plusSeconds(30));
    var _ = deployed.settle(2, "deploy", Instant.now());
  }

  /// The work is done.
  void settled() {
    var deployed = migrator();
    while (deployed.settle(2, "deploy", Instant.now().plusSeconds(30)) instanceof Progress.Going) {
      Thread.onSpinWait();
    }
  }

  /// One item is too large to be given anything.
  void blocked() {
    var item = new HashMap<>(channel());
    item.put("note", AttributeValue.fromS("x".repeat(408_000)));
    memory.client().putItem(put -> put.tableName(memory.tables().state()).item(item));
    var _ = migrator().expand(2, "deploy", Instant.now().plusSeconds(30));
  }

  /// A check has a state that this release does not know.
  void damageCheck(String id) {
    damage("CHECK#" + id, "HOT", "state");
  }

  /// A channel was made at no time.
  ///
  /// @return its id
  String damageChannel() {
    var key = Items.value(channel(), "pk").s();
    damage(key, "ITEM", "created");
    return key.substring("CHANNEL#".length());
  }

  private void damage(String pk, String sk, String attribute) {
    var strange = AttributeValue.fromS("strange");
    Items.edit(memory.client(), memory.tables().state(), pk, sk, attribute, strange);
  }

  private Map<String, AttributeValue> channel() {
    return new RawItems(memory.client(), memory.tables())
        .scan(null, 100).items().stream()
            .filter(item -> item.containsKey("kind"))
            .findFirst()
            .orElseThrow();
  }

  @Override
  public void close() {
    front.close();
    work.close();
    sqs.close();
    memory.close();
  }
}
