package dev.rollcall.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Items;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The layout of the pings that wait in the log table. Releases of different age read what the
/// others wrote: these files never change, and a new layout would be a further file.
class FrozenInboxTest {
  private static final CheckId ID =
      new CheckId(UUID.fromString("11111111-1111-4111-8111-111111111111"));
  private static final RunId RUN =
      new RunId(UUID.fromString("22222222-2222-4222-8222-222222222222"));
  private static final JsonFactory JSON = new JsonFactory();

  private final PingWorld world = new PingWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void A_ping_that_waits_is_written_as_in_the_file() {
    world.project.add(ID, "", PingWorld.HOUR, PingWorld.TEN_MINUTES, Rules.NONE, Keywords.NONE);
    world.edit(ID, "_v", AttributeValue.fromN("7"));
    var event =
        HttpEvent.post("/ping/" + ID + "/0", "kept".getBytes(StandardCharsets.UTF_8))
            .asking("rid=" + RUN)
            .from("curl/8.5.0", "2001:db8::7");
    world.ping(
        new HttpEvent(
            "request-7",
            event.method(),
            event.path(),
            event.query(),
            event.agent(),
            event.address(),
            event.scheme(),
            event.body()));

    assertThat(Items.in(world.memory.client(), world.memory.tables().log()))
        .containsExactly(item("inbox-item.json"));
  }

  @ParameterizedTest
  @CsvSource({"inbox-item.json, 4", "inbox-item-deflated.json, 1020"})
  void A_ping_that_waits_is_taken_from_the_file(String file, int size) {
    world.project.add(ID, "", PingWorld.HOUR, PingWorld.TEN_MINUTES, Rules.NONE, Keywords.NONE);
    world
        .memory
        .client()
        .putItem(put -> put.tableName(world.memory.tables().log()).item(item(file)));
    world.drainInbox();

    assertThat(world.kept()).isEmpty();
    assertThat(world.pings(ID))
        .singleElement()
        .satisfies(ping -> {
          assertThat(ping.at()).isEqualTo(PingWorld.NOON);
          assertThat(ping.signal()).isEqualTo(new Signal.Success(RUN));
          assertThat(ping.source())
              .isEqualTo(new Ping.Source("https", "2001:db8::7", "POST", "curl/8.5.0"));
          assertThat(ping.body().size()).isEqualTo(size);
        });
  }

  private static Map<String, AttributeValue> item(String file) {
    var item = new HashMap<String, AttributeValue>();
    try (var in = Objects.requireNonNull(FrozenInboxTest.class.getResourceAsStream("/" + file));
        var parser = JSON.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        parser.nextToken();
        var type = parser.currentName();
        parser.nextToken();
        item.put(name, value(type, parser.getString()));
        parser.nextToken();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return item;
  }

  private static AttributeValue value(String type, String text) {
    return switch (type) {
      case "S" -> AttributeValue.fromS(text);
      case "N" -> AttributeValue.fromN(text);
      case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
      default -> throw new IllegalArgumentException(type);
    };
  }
}
