package dev.rollcall.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/webhooks.md` tells receivers to do, done by the languages that it is told in, where
/// they are found.
class ReceiverExamplesTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "webhooks.md");
  private static final SigningSecret SECRET = new SigningSecret("0123456789abcdef0123456789abcdef");
  private static final SigningSecret OTHER = new SigningSecret("f123456789abcdef0123456789abcdef");
  private static final String BODY = "{\"name\": \"Bäckup\"}";

  @TempDir private Path scratch;

  /// A request, and whether it is to be believed.
  private record Case(
      boolean isGenuine, SigningSecret secret, Map<String, String> headers, String body) {}

  private static List<Case> cases() {
    var now = Instant.now();
    var headers = signed(now);
    var rotated =
        Map.of(
            "webhook-id", "msg_1",
            "webhook-timestamp", "" + now.getEpochSecond(),
            "webhook-signature", "v1,bm90aGluZw== " + headers.get("webhook-signature"));
    var renamed =
        Map.of(
            "webhook-id", "msg_2",
            "webhook-timestamp", "" + now.getEpochSecond(),
            "webhook-signature", "" + headers.get("webhook-signature"));
    return List.of(
        new Case(true, SECRET, headers, BODY),
        new Case(true, SECRET, rotated, BODY),
        new Case(false, SECRET, headers, BODY + " "),
        new Case(false, OTHER, headers, BODY),
        new Case(false, SECRET, renamed, BODY),
        new Case(false, SECRET, signed(now.minus(Duration.ofMinutes(6))), BODY),
        new Case(false, SECRET, signed(now.plus(Duration.ofMinutes(6))), BODY),
        new Case(false, SECRET, Map.of(), BODY));
  }

  private static Map<String, String> signed(Instant at) {
    return new Signature(SECRET, "msg_1").headers(at, BODY.getBytes(UTF_8));
  }

  @Test
  void Python_believes_what_is_genuine_and_nothing_else() throws Exception {
    var python = tool("python3");
    var code = new StringBuilder(example("python"));
    cases()
        .forEach(each ->
            code.append(
                "\nprint(str(is_genuine(%s, %s, %s.encode())).lower())"
                    .formatted(
                        Json.write(each.secret().text()),
                        Json.write(each.headers()),
                        Json.write(each.body()))));
    assertThat(run(python, "receiver.py", code)).isEqualTo(expected());
  }

  @Test
  void Node_believes_what_is_genuine_and_nothing_else() throws Exception {
    var node = tool("node");
    var code = new StringBuilder(example("js"));
    cases()
        .forEach(each ->
            code.append(
                "\nconsole.log(isGenuine(%s, %s, Buffer.from(%s)));"
                    .formatted(
                        Json.write(each.secret().text()),
                        Json.write(each.headers()),
                        Json.write(each.body()))));
    assertThat(run(node, "receiver.mjs", code)).isEqualTo(expected());
  }

  private static List<String> expected() {
    return cases().stream().map(each -> Boolean.toString(each.isGenuine())).toList();
  }

  private static String example(String language) throws IOException {
    var block = Pattern.compile("(?s)```" + language + "\n(.*?)```");
    var found = block.matcher(Files.readString(PAGE));
    assertThat(found.find()).as("an example in " + language).isTrue();
    return found.group(1);
  }

  private List<String> run(String tool, String name, CharSequence code) throws Exception {
    var file = Files.writeString(scratch.resolve(name), code);
    var process = new ProcessBuilder(tool, file.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static String tool(String name) {
    var found =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.out.println("Skipped the example that needs " + name + ": it is not on the PATH.");
    }
    assumeTrue(found.isPresent(), name + " is not on the PATH");
    return found.orElseThrow().toString();
  }
}
