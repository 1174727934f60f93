package dev.rollcall.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

class StackOutputsTest {
  private final HttpServer cloudFormation = serverOf();
  private int status = 200;
  private String answer = "";
  private String asked = "";

  private static HttpServer serverOf() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @BeforeEach
  void listen() {
    cloudFormation.createContext(
        "/",
        exchange -> {
          asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          var body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    cloudFormation.start();
  }

  @AfterEach
  void stop() {
    cloudFormation.stop(0);
  }

  @Test
  void name_the_table_and_the_site() {
    says(output("StateTable", "rollcall-StateTable-1"), output("Site", "https://r.example.org"));

    var outputs = outputs();

    assertThat(outputs.stateTable()).isEqualTo("rollcall-StateTable-1");
    assertThat(outputs.site()).isEqualTo("https://r.example.org");
    assertThat(asked).contains("Action=DescribeStacks", "StackName=rollcall");
  }

  @Test
  void may_have_no_site() {
    says(output("StateTable", "t"));
    assertThat(outputs().site()).isNull();
  }

  @Test
  void of_a_stack_that_is_not_rollcalls_name_no_table() {
    says(output("Queue", "q"));
    assertThatExceptionOfType(NoData.class)
        .isThrownBy(this::outputs)
        .withMessageContaining("the stack rollcall in eu-central-1 has no output StateTable");
  }

  @Test
  void of_no_stack_are_missing_and_the_region_is_named() {
    refuses(400, "ValidationError", "Stack with id rollcall does not exist");
    assertThatExceptionOfType(NoData.class)
        .isThrownBy(this::outputs)
        .withMessageContaining("there is no stack rollcall in eu-central-1")
        .withMessageContaining("--region");
  }

  @Test
  void that_may_not_be_read_are_a_failure_of_aws() {
    refuses(403, "AccessDenied", "is not authorized to perform cloudformation:DescribeStacks");
    assertThatExceptionOfType(CloudFormationException.class)
        .isThrownBy(this::outputs)
        .withMessageContaining("not authorized");
  }

  private StackOutputs outputs() {
    try (var client =
        CloudFormationClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(
                URI.create("http://127.0.0.1:" + cloudFormation.getAddress().getPort()))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .region(Region.EU_CENTRAL_1)
            .build()) {
      return new StackOutputs(client, "rollcall", "eu-central-1");
    }
  }

  private void says(String... outputs) {
    answer =
        """
        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
        <member><StackName>rollcall</StackName><Outputs>%s</Outputs></member>
        </Stacks></DescribeStacksResult></DescribeStacksResponse>
        """
            .formatted(String.join("", outputs));
  }

  private static String output(String key, String value) {
    return "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
        .formatted(key, value);
  }

  private void refuses(int with, String code, String message) {
    status = with;
    answer =
        """
        <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>\
        <Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>
        """
            .formatted(code, message);
  }
}
