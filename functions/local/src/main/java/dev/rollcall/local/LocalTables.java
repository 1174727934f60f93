package dev.rollcall.local;

import com.almworks.sqlite4java.SQLiteBusyException;
import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import dev.rollcall.store.Tables;
import dev.rollcall.testing.Meter;
import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/// Both tables in a DynamoDB Local in this process: in a file, or in memory.
public final class LocalTables implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LocalTables.class.getName());

  private static final String FILE = "tables.db";

  public static final Tables TABLES = new Tables("state", "log");

  private static final Duration RELEASE = Duration.ofSeconds(10);
  private static final Duration RELEASE_STEP = Duration.ofMillis(10);

  static {
    try {
      // DynamoDB Local brings the native code, and finds it when its class is made.
      MethodHandles.lookup().ensureInitialized(DynamoDBEmbedded.class);
    } catch (IllegalAccessException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final AmazonDynamoDBLocal dynamo;
  private final Map<String, Meter> meters = new LinkedHashMap<>();

  private LocalTables(AmazonDynamoDBLocal dynamo) {
    this.dynamo = dynamo;
    var client = dynamo.dynamoDbClient();
    var existing = client.listTables().tableNames();
    if (!existing.contains(TABLES.state())) {
      client.createTable(TABLES.stateTable());
    }
    if (!existing.contains(TABLES.log())) {
      client.createTable(TABLES.logTable());
    }
  }

  /// Whether this folder holds the tables of a service that has run there.
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /// @param folder where the file is or is to be, which exists; or null for memory
  public static LocalTables open(@Nullable Path folder) {
    if (folder == null) {
      return new LocalTables(DynamoDBEmbedded.create());
    }
    awaitRelease(folder);
    return new LocalTables(DynamoDBEmbedded.create(folder.resolve(FILE).toFile()));
  }

  /// Waits until nobody has the file, and makes it ready. Whoever had it before closes it in a
  /// thread of its own, and takes what was written ahead into it meanwhile. DynamoDB Local would
  /// not wait.
  static void awaitRelease(Path folder) {
    var file = folder.resolve(FILE).toFile();
    var end = System.nanoTime() + RELEASE.toNanos();
    while (!takesChangesAhead(file) && System.nanoTime() < end) {
      LockSupport.parkNanos(RELEASE_STEP.toNanos());
    }
  }

  /// Has SQLite keep changes in a log beside the file until it has time for them. A write is on the
  /// disk after one sync then, where it takes several otherwise; it is as safe. The file remembers.
  ///
  /// @return false when somebody has the file: the log can be given up only by whoever has it alone
  private static boolean takesChangesAhead(File file) {
    var sqlite = new SQLiteConnection(file);
    try {
      sqlite.open(true).exec("PRAGMA journal_mode = DELETE").exec("PRAGMA journal_mode = WAL");
      return true;
    } catch (SQLiteBusyException inUse) {
      return false;
    } catch (SQLiteException refused) {
      LOG.log(Level.WARNING, "writes stay slow: {0}", refused.getMessage());
      return true; // What else is wrong with the file, DynamoDB Local will meet as well.
    } finally {
      sqlite.dispose();
    }
  }

  /// A client for a function; [#meters] tells what it has used.
  public DynamoDbClient client(String function) {
    return meters.computeIfAbsent(function, _ -> new Meter()).count(dynamo.dynamoDbClient());
  }

  /// What each function has used, by its name.
  Map<String, Meter> meters() {
    return Collections.unmodifiableMap(meters);
  }

  @Override
  public void close() {
    dynamo.shutdown();
  }
}
