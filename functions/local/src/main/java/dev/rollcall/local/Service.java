package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.api.ApiWiring;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.Settings;
import dev.rollcall.inbox.InboxFunction;
import dev.rollcall.inbox.MailFunction;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.mail.CaughtMail;
import dev.rollcall.local.mail.Messages;
import dev.rollcall.local.mail.Reception;
import dev.rollcall.local.queue.VirtualSqs;
import dev.rollcall.notify.NotifyWiring;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.sweep.SweepWiring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/// The whole service: every function on a desk's tables, queues, mail and clock.
public final class Service implements AutoCloseable {
  private final Front front;
  private final Work work;
  private final VirtualSqs sqs;
  private final LocalTables tables;
  private final Folder folder;
  private final Upgrade upgrade;

  private Service(
      Front front, Work work, VirtualSqs sqs, LocalTables tables, Folder folder, Upgrade upgrade) {
    this.front = front;
    this.work = work;
    this.sqs = sqs;
    this.tables = tables;
    this.folder = folder;
    this.upgrade = upgrade;
  }

  /// @throws CannotStart when the port or the folder is not to be had
  static Service start(Options options) {
    return start(options, Upgrade.AT_START);
  }

  /// @param patience how long the start may wait for the data to be brought to this release
  static Service start(Options options, Duration patience) {
    try {
      return begin(options, patience);
    } catch (SdkException failure) {
      throw new CannotStart(
          "cannot use the tables in %s: %s".formatted(options.data(), failure.getMessage()),
          failure);
    }
  }

  private static Service begin(Options options, Duration patience) {
    var folder = Folder.take(options.data());
    var clock = new VirtualClock(folder.clockOffset(), folder::keepClockOffset);
    var session = folder.session();
    var tables = LocalTables.open(options.data());
    var upgrade = Upgrade.of(tables.client("migrate"), clock);
    upgrade.begin(patience);
    var sqs =
        options.data() == null
            ? new VirtualSqs(clock, Work.queues())
            : opened(
                options.data().resolve("queues.jsonl"),
                file -> VirtualSqs.in(file, clock, Work.queues()));
    clock.onAdvance(sqs::clockMoved);
    var mail =
        options.data() == null
            ? CaughtMail.inMemory(clock)
            : opened(options.data().resolve("outbox"), outbox -> CaughtMail.in(outbox, clock));
    var port = options.port() == 0 ? freePort() : options.port();
    var settings = settings(sqs, port);
    var ping = stream(new PingFunction(settings, tables.client("ping"), sqs, clock));
    var messages =
        options.data() == null ? Messages.inMemory() : Messages.in(options.data().resolve("mail"));
    var inbox = stream(new InboxFunction(settings, tables.client("ping"), sqs, messages, clock));
    var reception =
        new Reception(
            clock,
            messages,
            stream(new MailFunction(settings, tables.client("ping"), sqs, messages, clock)));
    var api = ApiWiring.handler(settings, tables.client("api"), sqs, clock);
    var sweep = SweepWiring.handler(settings, tables.client("sweep"), sqs, clock);
    var notify = NotifyWiring.handler(settings, tables.client("notify"), sqs, mail, clock);
    mail.returnTo(event -> {
      var _ = notify.apply(new ByteArrayInputStream(event.getBytes(UTF_8)));
    });
    var work = new Work(sqs, clock, options.timer(), sweep, notify, inbox);
    var own = tables.client("control");
    var projectStore = new ProjectStore(own, LocalTables.TABLES);
    var integrations = new IntegrationStore(own, LocalTables.TABLES);
    var secrets = Secrets.secure();
    var projects = new Projects(projectStore, clock);
    var control =
        new Control(
            projects,
            projectStore,
            new CheckCatalog(own, LocalTables.TABLES),
            integrations,
            secrets,
            clock,
            mail,
            reception,
            work,
            session.orElseGet(() -> session(folder, projects, integrations, secrets, clock)),
            tables.meters());
    var front =
        Front.start(
            port, new Routes(new Gateway(ping), new Gateway(api), control, new StaticSite()));
    upgrade.goOn();
    return new Service(front, work, sqs, tables, folder, upgrade);
  }

  String url() {
    return "http://localhost:" + front.port();
  }

  /// Stops taking requests, lets what runs end, and closes the tables.
  @Override
  public void close() {
    front.close();
    upgrade.close();
    work.close();
    sqs.close();
    tables.close();
    folder.close();
  }

  /// Makes the project that the dashboard is signed in to, with a channel of its own, at the first
  /// start.
  private static Folder.Session session(
      Folder folder,
      Projects projects,
      IntegrationStore integrations,
      Secrets secrets,
      VirtualClock clock) {
    var made = projects.create("My project");
    var project = made.project();
    integrations.create(
        new Integration(
            new ChannelId(UUID.randomUUID()),
            project.id(),
            "email",
            "Me",
            Map.of("value", "me@example.org", "up", true, "down", true),
            secrets.signing(),
            false,
            null,
            clock.instant()));
    var session =
        new Folder.Session(
            project.id().value(),
            project.name(),
            made.apiKey(),
            made.readOnlyKey(),
            project.pingKey());
    folder.keepSession(session);
    return session;
  }

  /// @throws CannotStart when it is not to be had
  private static <T> T opened(Path path, Function<Path, T> opening) {
    try {
      return opening.apply(path);
    } catch (UncheckedIOException failure) {
      throw CannotStart.over(path, failure);
    }
  }

  /// The settings of every function.
  static Settings settings(VirtualSqs sqs, int port) {
    var variables = new HashMap<String, String>();
    variables.put("ROLLCALL_STATE_TABLE", LocalTables.TABLES.state());
    variables.put("ROLLCALL_LOG_TABLE", LocalTables.TABLES.log());
    for (var queue : new String[] {Work.FLIPS, Work.DUE, Work.DELIVERIES, Work.INBOX}) {
      variables.put(
          "ROLLCALL_" + queue.toUpperCase(java.util.Locale.ROOT) + "_QUEUE", sqs.url(queue));
    }
    variables.put("ROLLCALL_SITE_ROOT", "http://localhost:" + port);
    // Any domain would do for POST /_local/mail.
    variables.put("ROLLCALL_PING_MAIL_DOMAIN", "localhost");
    variables.put("ROLLCALL_MAIL_FROM", "rollcall@localhost.localdomain");
    variables.put("ROLLCALL_MAIL_CONFIGURATION_SET", "rollcall-mail");
    variables.put("ROLLCALL_METRICS_KEY", "metricskey");
    variables.put("ROLLCALL_ALLOW_PRIVATE_ADDRESSES", "true");
    // Who tries things out on a desk may err as often as they like.
    variables.put("ROLLCALL_AUTH_FAILURES_PER_MINUTE", "0");
    for (var limit :
        new String[] {"ROLLCALL_PING_BODY_LIMIT", "ROLLCALL_AUTH_FAILURES_PER_MINUTE"}) {
      var value = System.getenv(limit);
      if (value != null) {
        variables.put(limit, value);
      }
    }
    return new Settings(variables::get, Duration.ZERO);
  }

  private static Function<InputStream, byte[]> stream(RequestStreamHandler function) {
    return event -> {
      var answer = new ByteArrayOutputStream();
      try {
        function.handleRequest(event, answer, null);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      return answer.toByteArray();
    };
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
