package dev.rollcall.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The sample events of the project: the files of `/events`, each named after its function.
final class Samples {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Samples() {}

  /// @param file its name
  /// @param event as JSON
  record Sample(String file, String event) {

    boolean isFor(Template.Function function) {
      return file.startsWith(function.prefix() + "-");
    }

    /// It wakes a function up and asks nothing of it: no table is read.
    boolean onlyKeepsAwake() {
      return file.endsWith("-awake.json");
    }

    /// The messages of it that nobody here has written, by id: those are given back.
    List<String> strangers() {
      var strangers = new ArrayList<String>();
      for (JsonNode message : JSON.readTree(event).path("Records")) {
        if (message.has("body") && !message.path("body").asString("").startsWith("{")) {
          strangers.add(message.path("messageId").asString(""));
        }
      }
      return strangers;
    }

    /// What must never be logged of it: addresses, bodies and keys.
    List<String> secrets() {
      var tree = JSON.readTree(event);
      var secrets = new ArrayList<String>();
      secrets.add(tree.path("rawPath").asString(""));
      secrets.add(tree.path("body").asString(""));
      secrets.add(tree.path("ResponseURL").asString("").replaceAll(".*[?]", ""));
      secrets.add(tree.path("headers").path("x-api-key").asString(""));
      for (JsonNode message : tree.path("Records")) {
        secrets.add(message.path("body").asString(""));
        secrets.add(message.path("ses").path("mail").path("source").asString(""));
        if (message.path("Sns").path("Message").asString("").startsWith("{")) {
          var mail = JSON.readTree(message.path("Sns").path("Message").asString("")).path("mail");
          mail.path("destination").forEach(address -> secrets.add(address.asString("")));
          secrets.add(mail.path("commonHeaders").path("subject").asString(""));
        }
        for (JsonNode recipient : message.path("ses").path("receipt").path("recipients")) {
          secrets.add(recipient.asString(""));
        }
      }
      secrets.removeIf(String::isEmpty);
      return secrets;
    }
  }

  static List<Sample> all() {
    try (var files = Files.list(Template.PROJECT.resolve("events"))) {
      return files.sorted().map(Samples::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Sample named(String file) {
    return read(Template.PROJECT.resolve("events").resolve(file));
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private static Sample read(Path file) {
    try {
      return new Sample(file.getFileName().toString(), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
