package dev.rollcall.edge;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.zone.Zones;
import dev.rollcall.store.SchemaView;
import dev.rollcall.store.Tables;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The settings of a function, read from `ROLLCALL_…` variables where they are asked for, so that a
/// function names just those that it needs.
public final class Settings {
  private static final Logger LOG = System.getLogger(Settings.class.getName());
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  /// How much of a ping's body is kept unless set otherwise, as in the reference.
  public static final int PING_BODY_LIMIT = 10_000;

  /// The most that may be set. A log entry must fit into one DynamoDB item.
  public static final int PING_BODY_LIMIT_MOST = 100_000;

  /// How many wrong API keys of one address in a minute are answered as such unless set otherwise.
  private static final int AUTH_FAILURES_PER_MINUTE = 100;

  private static final int AUTH_FAILURES_PER_MINUTE_MOST = 100_000;

  private final Function<String, @Nullable String> variables;
  private final Duration schemaTtl;

  public Settings(Function<String, @Nullable String> variables) {
    this(variables, SchemaView.TTL);
  }

  /// @param schemaTtl for how long a function acts on what it has read of the data's shape
  public Settings(Function<String, @Nullable String> variables, Duration schemaTtl) {
    this.variables = variables;
    this.schemaTtl = schemaTtl;
  }

  /// Those of a function in the cloud. Its log begins with what it is: the release, and the time
  /// zone data that it goes by.
  public static Settings fromEnvironment() {
    FunctionLog.begin();
    if (!BEGUN.getAndSet(true)) {
      LOG.log(Level.INFO, "Rollcall {0}, time zone data {1}", Release.THIS.name(), Zones.data());
    }
    return new Settings(System::getenv);
  }

  Duration schemaTtl() {
    return schemaTtl;
  }

  public Tables tables() {
    return new Tables(required("ROLLCALL_STATE_TABLE"), required("ROLLCALL_LOG_TABLE"));
  }

  /// The URL of the queue called `flips`, `due`, `deliveries` or `inbox`.
  public String queueUrl(String queue) {
    return required("ROLLCALL_" + queue.toUpperCase(Locale.ROOT) + "_QUEUE");
  }

  /// The bucket that the dashboard is served from.
  public String siteBucket() {
    return required("ROLLCALL_SITE_BUCKET");
  }

  /// Where the dashboard and the API are, without a slash at the end.
  public String siteRoot() {
    return withoutSlash(required("ROLLCALL_SITE_ROOT"));
  }

  /// What a ping URL begins with, with a slash at the end: `…/ping/` unless pings have a host of
  /// their own.
  public String pingEndpoint() {
    var value = optional("ROLLCALL_PING_ENDPOINT");
    return value == null ? siteRoot() + "/ping/" : withoutSlash(value) + "/";
  }

  /// What the proxy before the functions shows, which nobody else knows; null where there is none.
  public @Nullable String originKey() {
    return optional("ROLLCALL_ORIGIN_KEY");
  }

  /// The domain to which jobs ping by mail, or null where no mail is taken.
  public @Nullable String pingMailDomain() {
    return optional("ROLLCALL_PING_MAIL_DOMAIN");
  }

  /// How many bytes of a ping's body are kept.
  public int pingBodyLimit() {
    return number("ROLLCALL_PING_BODY_LIMIT", PING_BODY_LIMIT, PING_BODY_LIMIT_MOST);
  }

  /// How many wrong API keys of one address, or with one beginning, are answered as such in a
  /// minute. 0 is no limit.
  public int authFailuresPerMinute() {
    return number(
        "ROLLCALL_AUTH_FAILURES_PER_MINUTE",
        AUTH_FAILURES_PER_MINUTE,
        AUTH_FAILURES_PER_MINUTE_MOST);
  }

  /// The address that mail comes from.
  public String mailFrom() {
    return required("ROLLCALL_MAIL_FROM");
  }

  /// What SES is told to send mail by, so that it says what became of it; null for what the
  /// sender's identity has.
  public @Nullable String mailConfigurationSet() {
    return optional("ROLLCALL_MAIL_CONFIGURATION_SET");
  }

  /// The bucket that mails to checks arrive in, or null where no mail is taken.
  public @Nullable String mailBucket() {
    return optional("ROLLCALL_MAIL_BUCKET");
  }

  /// The key of the instance's metrics, or null when they are not served.
  public @Nullable String metricsKey() {
    return optional("ROLLCALL_METRICS_KEY");
  }

  /// What a tick that did its work calls, or null where nobody is told.
  ///
  /// @throws IllegalStateException when it is no http or https URL
  public @Nullable URI heartbeatUrl() {
    var value = optional("ROLLCALL_HEARTBEAT_URL");
    if (value == null) {
      return null;
    }
    try {
      var url = new URI(value);
      var scheme = url.getScheme();
      if (url.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return url;
      }
    } catch (URISyntaxException noUrl) {
      // Answered below, as one of another kind is, and without the text.
    }
    throw wrong("ROLLCALL_HEARTBEAT_URL", "an http or https URL");
  }

  /// What Lambda calls this function, or null where it is none.
  public @Nullable String functionName() {
    return optional("AWS_LAMBDA_FUNCTION_NAME");
  }

  /// Whether webhooks may go to private addresses.
  public boolean allowPrivateAddresses() {
    return "true".equals(optional("ROLLCALL_ALLOW_PRIVATE_ADDRESSES"));
  }

  private int number(String name, int otherwise, int most) {
    var value = optional(name);
    if (value == null) {
      return otherwise;
    }
    try {
      var number = Integer.parseInt(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Answered below, as one out of range is.
    }
    throw wrong(name, "a number from 0 to " + most);
  }

  private String required(String name) {
    var value = optional(name);
    if (value == null) {
      throw new IllegalStateException("the setting " + name + " is missing");
    }
    return value;
  }

  private @Nullable String optional(String name) {
    var value = variables.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String withoutSlash(String url) {
    URI.create(url);
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static IllegalStateException wrong(String name, String expected) {
    return new IllegalStateException("the setting " + name + " must be " + expected);
  }
}
