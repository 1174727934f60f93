package dev.rollcall.integration;

import dev.rollcall.migrate.MigrateFunction;
import dev.rollcall.migrate.MigrateWiring;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.cloud.CloudFormationServer;
import dev.rollcall.testing.cloud.CloudFormationServer.Put;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An installation's stack, as CloudFormation deploys releases to it: it asks the migrate function
/// of the release that is deployed, which answers at the URL that comes with the question. The time
/// that the function waits passes at once.
final class Stack implements AutoCloseable {
  /// What the function has when nobody says otherwise: its time-out.
  static final Duration TIMEOUT = Duration.ofMinutes(15);

  static final String CREATE = "Create";
  static final String UPDATE = "Update";
  static final String DELETE = "Delete";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String FUNCTION = "MigrateFunction";

  private final CloudFormationServer cloud;
  private final Resources resources;
  private final SettableClock clock;
  private final Map<Build, MigrateFunction> functions = new HashMap<>();
  private int questions;

  Stack(Resources resources, SettableClock clock) {
    this.resources = resources;
    this.clock = clock;
    try {
      cloud = new CloudFormationServer();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// What CloudFormation says that the stack is doing, such as `UPDATE_IN_PROGRESS`.
  void is(String status) {
    cloud.is(status);
  }

  /// All that a deployment asks which goes well, in its order.
  List<Put> deploy(String kind, Build build) {
    return List.of(expand(kind, build, Map.of()), settle(kind, build, Map.of()), site(kind, build));
  }

  /// The resource `SchemaExpand`.
  ///
  /// @param parameters of the template, where the operator gave other values than the default
  Put expand(String kind, Build build, Map<String, String> parameters) {
    return expand(kind, build, parameters, TIMEOUT);
  }

  /// As the other [#expand], in so much time.
  Put expand(String kind, Build build, Map<String, String> parameters, Duration left) {
    return schema(kind, "SchemaExpand", "expand", build, parameters, left);
  }

  /// The resource `SchemaSettle`.
  Put settle(String kind, Build build, Map<String, String> parameters) {
    return settle(kind, build, parameters, TIMEOUT);
  }

  /// As the other [#settle], in so much time.
  Put settle(String kind, Build build, Map<String, String> parameters, Duration left) {
    return schema(kind, "SchemaSettle", "settle", build, parameters, left);
  }

  /// The resource `SiteContent`.
  Put site(String kind, Build build) {
    return ask(kind, "SiteContent", "Custom::Site", build, Map.of(), TIMEOUT);
  }

  /// The resource `ExistingTables`.
  ///
  /// @param terms what it says beside the tables' names
  Put adopt(String kind, Build build, Map<String, String> terms) {
    var properties = new HashMap<>(terms);
    properties.put("StateTable", resources.tables().state());
    properties.put("LogTable", resources.tables().log());
    return ask(kind, "ExistingTables", "Custom::Tables", build, properties, TIMEOUT);
  }

  /// A minute passes, and the schedule calls the function of a release.
  ///
  /// @return its answer
  JsonNode tick(Build build, Duration left) {
    clock.advance(Duration.ofMinutes(1));
    return JSON.readTree(call(build, json("{\"action\": \"tick\"}"), left));
  }

  @Override
  public void close() {
    cloud.close();
  }

  private Put schema(
      String kind,
      String resource,
      String phase,
      Build build,
      Map<String, String> parameters,
      Duration left) {
    var properties =
        new HashMap<>(
            Map.of(
                "Phase",
                phase,
                "Target",
                Integer.toString(build.release().level()),
                "Release",
                build.release().name(),
                "OnOlderRelease",
                "auto",
                "AllowLossyRollback",
                ""));
    properties.putAll(parameters);
    return ask(kind, resource, "Custom::Schema", build, properties, left);
  }

  private Put ask(
      String kind,
      String resource,
      String type,
      Build build,
      Map<String, String> properties,
      Duration left) {
    var url = cloud.newUrl();
    var id = "question-" + ++questions;
    call(build, CloudFormationServer.event(kind, resource, type, id, url, properties), left);
    var answers = cloud.at(url);
    if (answers.size() != 1) {
      throw new AssertionError("%s %s was answered %s".formatted(kind, resource, answers));
    }
    return answers.getFirst();
  }

  private String call(Build build, InputStream event, Duration left) {
    var answer = new ByteArrayOutputStream();
    try {
      functions
          .computeIfAbsent(build, this::function)
          .handleRequest(event, answer, new Invocation(FUNCTION, left));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  private MigrateFunction function(Build build) {
    return new MigrateFunction(
        MigrateWiring.deployments(
            resources.settings(),
            resources.restorableOf(FUNCTION),
            resources.s3Of(FUNCTION),
            resources.cloudFormationOf(FUNCTION, cloud.endpoint()),
            () -> resources.sqsOf(FUNCTION),
            build.release(),
            build.documents(),
            Watch.by(clock, clock::advance)),
        clock);
  }

  private static InputStream json(String event) {
    return new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
  }
}
