package dev.rollcall.local;

import com.almworks.sqlite4java.SQLiteBusyException;
import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteConstants;
import com.almworks.sqlite4java.SQLiteException;
import dev.rollcall.local.disk.OwnerOnly;
import dev.rollcall.store.Tables;
import dev.rollcall.testing.Meter;
import java.io.File;
import java.io.IOException;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;

/// Both tables in a DynamoDB Local in this process: in a file, or in memory.
public final class LocalTables implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LocalTables.class.getName());

  /// How DynamoDB Local quotes what SQLite has said.
  private static final Pattern CODE = Pattern.compile("\\[([0-9]{1,9})]");

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
  private final DynamoDbClient client;
  private final Map<String, Meter> meters = new LinkedHashMap<>();

  private LocalTables(AmazonDynamoDBLocal dynamo, DynamoDbClient client) {
    this.dynamo = dynamo;
    this.client = client;
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
  /// @throws CannotStart when the file is not to be had, or holds no tables
  public static LocalTables open(@Nullable Path folder) {
    if (folder == null) {
      var dynamo = DynamoDBEmbedded.create();
      return new LocalTables(dynamo, EmbeddedCalls.of(dynamo.dynamoDbClient(), null));
    }
    var file = folder.resolve(FILE);
    try {
      OwnerOnly.file(file);
      OwnerOnly.takeFromOthers(folder.resolve(FILE + "-wal"));
      OwnerOnly.takeFromOthers(folder.resolve(FILE + "-shm"));
    } catch (IOException failure) {
      throw CannotStart.over(file, failure);
    }
    awaitRelease(folder);
    try {
      var dynamo = DynamoDBEmbedded.create(file.toFile());
      var log = new WriteAheadLog(file);
      return new LocalTables(dynamo, EmbeddedCalls.of(dynamo.dynamoDbClient(), log));
    } catch (LocalDBAccessException | SdkException failure) {
      throw new CannotStart(
          "cannot use %s: %s"
              .formatted(
                  file,
                  failure instanceof LocalDBAccessException fault
                      ? trouble(fault)
                      : failure.getMessage()),
          failure);
    }
  }

  /// Waits until nobody has the file, and makes it ready. Whoever had it before closes it in a
  /// thread of its own, and takes what was written ahead into it meanwhile. DynamoDB Local would
  /// not wait.
  ///
  /// @throws CannotStart when the file is none of SQLite's, or cannot be written
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
      sqlite.open(true).exec("PRAGMA journal_mode = DELETE");
      writeAhead(sqlite);
      return true;
    } catch (SQLiteBusyException inUse) {
      return false;
    } catch (SQLiteException refused) {
      throw new CannotStart(
          "cannot use %s: %s".formatted(file, trouble(refused.getErrorCode(), refused)), refused);
    } finally {
      sqlite.dispose();
    }
  }

  /// Not every file system can have it.
  private static void writeAhead(SQLiteConnection sqlite) {
    try {
      sqlite.exec("PRAGMA journal_mode = WAL");
    } catch (SQLiteException refused) {
      LOG.log(Level.WARNING, "writes stay slow: {0}", refused.getMessage());
    }
  }

  /// What is wrong with the tables, in words for whoever runs the service.
  static String trouble(LocalDBAccessException fault) {
    var message = String.valueOf(fault.getMessage());
    if (message.contains("no transaction is active")) {
      // SQLite has undone the change by then, and its reason is lost.
      return "a change could not be written; the disk may be full";
    }
    var code = CODE.matcher(message);
    return trouble(code.lookingAt() ? Integer.parseInt(code.group(1)) : 0, fault);
  }

  private static String trouble(int code, Exception failure) {
    // The lowest byte says what it is, the others where.
    return switch (code & 0xff) {
      case SQLiteConstants.SQLITE_NOTADB, SQLiteConstants.SQLITE_CORRUPT ->
          "the tables are damaged, or none; put back a copy, or name another folder with --data";
      case SQLiteConstants.SQLITE_FULL -> "the disk is full; make room";
      case SQLiteConstants.SQLITE_CANTOPEN,
          SQLiteConstants.SQLITE_READONLY,
          SQLiteConstants.SQLITE_PERM,
          SQLiteConstants.SQLITE_AUTH ->
          "no permission; let the user that runs Rollcall write it and its folder, or name another"
              + " folder with --data";
      default -> "the tables fail: " + failure.getMessage();
    };
  }

  /// A client for a function; [#meters] tells what it has used.
  public DynamoDbClient client(String function) {
    return meters.computeIfAbsent(function, _ -> new Meter()).count(client);
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
