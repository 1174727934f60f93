package dev.rollcall.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.local.mail.CaughtMail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.ses.model.SesException;

/// SES by its wire, the query protocol, as far as is used here: a sender is verified, and sends.
/// Mail from anybody else is refused, as SES does.
final class SesServer implements AutoCloseable {
  private static final String NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";

  private final CaughtMail mail;
  private final HttpServer server;
  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  SesServer(CaughtMail mail) throws IOException {
    this.mail = mail;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var form = form(exchange.getRequestBody().readAllBytes());
      var action = form.getOrDefault("Action", "");
      try {
        answer(exchange, 200, answer(action, form));
      } catch (SesException refused) {
        answer(exchange, refused.statusCode(), error(refused.awsErrorDetails().errorCode()));
      } catch (IllegalArgumentException unfit) {
        answer(exchange, 400, error(String.valueOf(unfit.getMessage())));
      }
    }
  }

  private String answer(String action, Map<String, String> form) {
    return switch (action) {
      case "VerifyEmailIdentity" -> {
        verified.add(form.getOrDefault("EmailAddress", ""));
        yield result(action, "");
      }
      case "SendRawEmail" -> result(action, "<MessageId>" + send(form) + "</MessageId>");
      default -> throw new IllegalArgumentException("InvalidAction");
    };
  }

  private String send(Map<String, String> form) {
    var source = form.getOrDefault("Source", "");
    if (!verified.contains(source)) {
      throw new IllegalArgumentException("MessageRejected");
    }
    var destinations = new ArrayList<String>();
    for (int i = 1; form.containsKey("Destinations.member." + i); i++) {
      destinations.add(form.getOrDefault("Destinations.member." + i, ""));
    }
    var raw = Base64.getDecoder().decode(form.getOrDefault("RawMessage.Data", ""));
    return mail.sendRawEmail(
            SendRawEmailRequest.builder()
                .source(source)
                .destinations(destinations)
                .rawMessage(message -> message.data(SdkBytes.fromByteArray(raw)))
                .build())
        .messageId();
  }

  private static Map<String, String> form(byte[] body) {
    var form = new HashMap<String, String>();
    for (var field : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
      var equals = field.indexOf('=');
      if (equals > 0) {
        form.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String result(String action, String content) {
    return "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult></%1$sResponse>"
        .formatted(action, NAMESPACE, content);
  }

  private static String error(String code) {
    return "<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code></Error></ErrorResponse>"
        .formatted(NAMESPACE, code);
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    var bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
