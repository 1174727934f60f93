package dev.rollcall.migrate.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// One bucket of S3 on a loopback port: objects with their type and caching, put on conditions,
/// listed page by page. It can fail from a chosen call on, as if the caller had died there.
final class S3Server implements AutoCloseable {
  static final String BUCKET = "site";

  /// So few, that listing takes several pages.
  private static final int PAGE = 3;

  private final HttpServer server;
  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final List<String> written = new CopyOnWriteArrayList<>();
  private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
  private volatile Runnable beforeThePage = () -> {};

  /// An object.
  static final class Stored {
    private final byte[] content;
    private final String type;
    private final String caching;

    Stored(byte[] content, String type, String caching) {
      this.content = content.clone();
      this.type = type;
      this.caching = caching;
    }

    byte[] content() {
      return content;
    }

    String type() {
      return type;
    }

    String caching() {
      return caching;
    }

    String tag() {
      return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  S3Server() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  S3Client client() {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .httpClientBuilder(AwsCrtHttpClient.builder())
        .overrideConfiguration(overrides ->
            overrides
                .apiCallTimeout(Duration.ofSeconds(20))
                .retryStrategy(retries -> retries.maxAttempts(1)))
        .build();
  }

  /// The objects by their keys.
  NavigableMap<String, Stored> objects() {
    return objects;
  }

  /// The keys that were put or deleted, in their order; deleted ones after a minus.
  List<String> written() {
    return written;
  }

  /// Call `k` from here on, counted from 1, and all after it fail and do nothing.
  void failFrom(int k) {
    callsLeft.set(k - 1);
  }

  /// All calls are answered again.
  void mend() {
    callsLeft.set(Integer.MAX_VALUE);
  }

  /// What happens once, just before the page is put next.
  void beforeThePage(Runnable somethingElse) {
    beforeThePage = somethingElse;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = content(exchange);
    if (callsLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      answer(exchange, 400, "<Error><Code>Broken</Code></Error>");
      return;
    }
    var path = exchange.getRequestURI().getPath();
    var key = path.length() > BUCKET.length() + 2 ? path.substring(BUCKET.length() + 2) : "";
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, key, body);
      case "DELETE" -> {
        objects.remove(key);
        written.add("-" + key);
        answer(exchange, 204, "");
      }
      default -> {
        if (key.isEmpty()) {
          list(exchange);
        } else {
          get(exchange, key);
        }
      }
    }
  }

  private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
    if (key.equals(Edition.PAGE)) {
      var first = beforeThePage;
      beforeThePage = () -> {};
      first.run();
    }
    var headers = exchange.getRequestHeaders();
    var there = objects.get(key);
    var match = headers.getFirst("If-Match");
    var mustBeNew = headers.getFirst("If-None-Match") != null;
    if ((mustBeNew && there != null)
        || (match != null && (there == null || !there.tag().equals(match)))) {
      answer(exchange, 412, "<Error><Code>PreconditionFailed</Code></Error>");
      return;
    }
    var stored =
        new Stored(body, headers.getFirst("Content-Type"), headers.getFirst("Cache-Control"));
    objects.put(key, stored);
    written.add(key);
    exchange.getResponseHeaders().add("ETag", stored.tag());
    answer(exchange, 200, "");
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    var stored = objects.get(key);
    if (stored == null) {
      answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    exchange.getResponseHeaders().add("ETag", stored.tag());
    exchange.getResponseHeaders().add("Content-Type", stored.type());
    exchange.sendResponseHeaders(200, stored.content().length);
    exchange.getResponseBody().write(stored.content());
    exchange.close();
  }

  private void list(HttpExchange exchange) throws IOException {
    var query = exchange.getRequestURI().getRawQuery();
    var prefix = parameter(query, "prefix");
    var after = parameter(query, "continuation-token");
    var keys = new ArrayList<String>();
    for (var key : objects.tailMap(after.isEmpty() ? prefix : after, after.isEmpty()).keySet()) {
      if (key.startsWith(prefix)) {
        keys.add(key);
      }
    }
    var more = keys.size() > PAGE;
    var page = more ? keys.subList(0, PAGE) : keys;
    var xml = new StringBuilder("<ListBucketResult><Name>site</Name>");
    page.forEach(key -> xml.append("<Contents><Key>").append(key).append("</Key></Contents>"));
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>")
          .append(page.getLast())
          .append("</NextContinuationToken>");
    }
    answer(exchange, 200, xml.append("</ListBucketResult>").toString());
  }

  private static String parameter(String query, String name) {
    for (var part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /// A body, out of the chunks with checksum trailers that the SDK may send it in.
  private static byte[] content(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (encoding == null || !encoding.contains("aws-chunked")) {
      return body;
    }
    var content = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      var line = new String(body, at, end - at, StandardCharsets.US_ASCII);
      var size = Integer.parseInt(line.split(";", 2)[0], 16);
      if (size == 0) {
        return content.toByteArray();
      }
      content.write(body, end + 2, size);
      at = end + 2 + size + 2;
    }
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    var bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
