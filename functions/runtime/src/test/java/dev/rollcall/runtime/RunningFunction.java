package dev.rollcall.runtime;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.rollcall.runtime.RuntimeApi.Answer;
import dev.rollcall.runtime.RuntimeApi.Start;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/// A function in a process of its own, as Lambda starts it: its zip unpacked in the working folder,
/// the runtime interface client alone on the class path, and nothing of this process's environment.
final class RunningFunction implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /// Names the client's native library. Without it, each process writes its own over the same file
  /// in /tmp, where another may be about to load it.
  private static final String NATIVE_LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /// Where its processor's jar of the common runtime has its code.
  private static final String LIBRARY = "/glibc/libaws-crt-jni.so";

  private final RuntimeApi api;
  private final Process process;
  private final Path output;

  private RunningFunction(RuntimeApi api, Process process, Path output) {
    this.api = api;
    this.process = process;
    this.output = output;
  }

  /// Starts a function without waiting until it is ready.
  ///
  /// @param variables those of the template, resolved
  /// @param folder for its files; empty
  static RunningFunction start(
      Template.Function function, Map<String, String> variables, Path folder) throws IOException {
    var task = unpack(function.zip(), folder.resolve("task"));
    var output = folder.resolve("output.txt");
    var api = new RuntimeApi();
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx435m",
                "-D" + NATIVE_LIBRARY + "=" + nativeLibrary(folder),
                // Where hooks are registered: Lambda's own runtime says so too.
                "-Dorg.crac.Core.Compat=" + Core.class.getPackageName(),
                "-cp",
                runtimeInterfaceClient(),
                AWSLambda.class.getName(),
                function.handler())
            .directory(task.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(lambdaVariables(function, task, api));
    builder.environment().putAll(variables);
    return new RunningFunction(api, builder.start(), output);
  }

  /// Waits until a function with SnapStart is ready for its snapshot.
  void awaitCheckpoint() {
    await(api.checkpoint());
  }

  /// Waits until the function asks for its first event, or has failed to start. One with SnapStart
  /// goes through its snapshot.
  Start awaitStart() {
    api.restore();
    return await(api.start());
  }

  Answer invoke(String event) {
    api.restore();
    return await(api.invoke(event));
  }

  /// The id of its process.
  long process() {
    return process.pid();
  }

  /// All that it has written so far.
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
  }

  private <T> T await(CompletableFuture<T> future) {
    var ended =
        process
            .onExit()
            .thenAccept(ended0 ->
                future.completeExceptionally(
                    new IllegalStateException("the process has ended: " + output())));
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException failed) {
      throw new IllegalStateException(output(), failed);
    } finally {
      ended.cancel(false);
    }
  }

  private static Map<String, String> lambdaVariables(
      Template.Function function, Path task, RuntimeApi api) {
    var variables = new HashMap<String, String>();
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("_HANDLER", function.handler());
    variables.put("LAMBDA_TASK_ROOT", task.toString());
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "logs");
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
    variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    variables.put("PATH", "/usr/bin:/bin");
    variables.put("TZ", ":UTC");
    if (function.snapStart()) {
      variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentialsUrl());
      variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "none");
    } else {
      variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
      variables.put("AWS_ACCESS_KEY_ID", "none");
      variables.put("AWS_SECRET_ACCESS_KEY", "none");
      variables.put("AWS_SESSION_TOKEN", "none");
    }
    return variables;
  }

  private static Path unpack(Path zip, Path task) throws IOException {
    try (var archive = new ZipFile(zip.toFile())) {
      for (var entry : archive.stream().filter(each -> !each.isDirectory()).toList()) {
        var file = task.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (var content = archive.getInputStream(entry)) {
          Files.copy(content, file);
        }
      }
    }
    bringNativeLibrary(task.resolve("lib"));
    return task;
  }

  /// A zip has native code for the processor of Lambda alone; here may be another.
  private static void bringNativeLibrary(Path lib) throws IOException {
    try (var jars = Files.list(lib)) {
      if (jars.noneMatch(each -> each.getFileName().toString().matches("aws-crt-\\d.*"))) {
        return;
      }
    }
    var code = ClassLoader.getSystemResource("linux/" + folderOf(architecture()) + LIBRARY);
    var mine = Path.of(URI.create(code.getPath().replaceFirst("!.*", "")));
    Files.copy(mine, lib.resolve(mine.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String folderOf(String architecture) {
    return architecture.equals("aarch_64") ? "armv8" : architecture;
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
  }

  private static Path nativeLibrary(Path folder) throws IOException {
    var name = "/jni/libaws-lambda-jni.linux-" + architecture() + ".so";
    var file = folder.resolve("libaws-lambda-jni.so");
    try (var content = Objects.requireNonNull(AWSLambda.class.getResourceAsStream(name), name)) {
      Files.copy(content, file);
    }
    return file;
  }

  /// The jars that Lambda's Java runtime has of its own.
  private static String runtimeInterfaceClient() {
    return Stream.of(
            AWSLambda.class,
            LambdaRuntime.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)
        .map(RunningFunction::jar)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String jar(Class<?> content) {
    try {
      return Path.of(content.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
