package dev.rollcall.testing.cloud;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// S3 by its wire, as far as Rollcall uses it, buckets named in the path: objects with their type
/// and caching, put on conditions, read whole or from their beginning, and listed page by page. A
/// request that is not signed for S3 is refused, as S3 does; whether the signature is right, nobody
/// looks. It can fail from a chosen call on, as if the caller had died there.
public final class S3Server implements AutoCloseable {
  private static final Pattern SIGNED = Pattern.compile("AWS4-HMAC-SHA256 .*/s3/aws4_request,.*");
  private static final Pattern RANGE = Pattern.compile("bytes=0-([0-9]{1,9})");

  /// So few, that listing takes several pages.
  private static final int PAGE = 3;

  private final HttpServer server;
  private final Map<String, NavigableMap<String, Stored>> buckets = new ConcurrentHashMap<>();
  private final List<String> written = new CopyOnWriteArrayList<>();
  private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();

  /// An object.
  public static final class Stored {
    private final byte[] content;
    private final String type;
    private final String caching;

    /// @param type empty where none was given; so `caching`
    public Stored(byte[] content, String type, String caching) {
      this.content = content.clone();
      this.type = type;
      this.caching = caching;
    }

    public byte[] content() {
      return content;
    }

    public String type() {
      return type;
    }

    public String caching() {
      return caching;
    }

    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    private String tag() {
      return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
    }
  }

  public S3Server() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The objects of a bucket by their keys; the bucket is made if there is none.
  public NavigableMap<String, Stored> bucket(String name) {
    return buckets.computeIfAbsent(name, _ -> new ConcurrentSkipListMap<>());
  }

  /// The keys that were put or deleted in whatever bucket, in their order; deleted ones after a
  /// minus.
  public List<String> written() {
    return written;
  }

  /// Call `k` from here on, counted from 1, and all after it fail and do nothing.
  public void failFrom(int k) {
    callsLeft.set(k - 1);
  }

  /// All calls are answered again.
  public void mend() {
    callsLeft.set(Integer.MAX_VALUE);
  }

  /// What happens once, just before an object of this key is put next.
  public void before(String key, Runnable somethingElse) {
    before.put(key, somethingElse);
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
    if (!SIGNED.matcher(text(exchange.getRequestHeaders(), "Authorization")).matches()) {
      answer(exchange, 403, "<Error><Code>AccessDenied</Code></Error>");
      return;
    }
    var path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
    if (path.length == 1 || path[1].isEmpty()) {
      bucket(exchange, path[0]);
      return;
    }
    var objects = buckets.get(path[0]);
    if (objects == null) {
      answer(exchange, 404, "<Error><Code>NoSuchBucket</Code></Error>");
      return;
    }
    object(exchange, objects, path[1], body);
  }

  private void bucket(HttpExchange exchange, String name) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      bucket(name);
      answer(exchange, 200, "");
      return;
    }
    var objects = buckets.get(name);
    if (objects == null) {
      answer(exchange, 404, "<Error><Code>NoSuchBucket</Code></Error>");
    } else if (exchange.getRequestMethod().equals("GET")) {
      list(exchange, objects);
    } else if (objects.isEmpty()) {
      buckets.remove(name);
      answer(exchange, 204, "");
    } else {
      answer(exchange, 409, "<Error><Code>BucketNotEmpty</Code></Error>");
    }
  }

  private void object(
      HttpExchange exchange, NavigableMap<String, Stored> objects, String key, byte[] body)
      throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, objects, key, body);
      case "DELETE" -> {
        objects.remove(key);
        written.add("-" + key);
        answer(exchange, 204, "");
      }
      default -> get(exchange, objects.get(key));
    }
  }

  private void put(
      HttpExchange exchange, NavigableMap<String, Stored> objects, String key, byte[] body)
      throws IOException {
    var first = before.remove(key);
    if (first != null) {
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
    var stored = new Stored(body, text(headers, "Content-Type"), text(headers, "Cache-Control"));
    objects.put(key, stored);
    written.add(key);
    exchange.getResponseHeaders().add("ETag", stored.tag());
    answer(exchange, 200, "");
  }

  private static void get(HttpExchange exchange, @Nullable Stored stored) throws IOException {
    if (stored == null) {
      answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    var range = RANGE.matcher(text(exchange.getRequestHeaders(), "Range"));
    var all = stored.content().length;
    var length = range.matches() ? Math.min(all, Integer.parseInt(range.group(1)) + 1) : all;
    exchange.getResponseHeaders().add("ETag", stored.tag());
    if (!stored.type().isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", stored.type());
    }
    exchange.sendResponseHeaders(range.matches() ? 206 : 200, length == 0 ? -1 : length);
    if (length > 0) {
      exchange.getResponseBody().write(stored.content(), 0, length);
    }
    exchange.close();
  }

  private static void list(HttpExchange exchange, NavigableMap<String, Stored> objects)
      throws IOException {
    var query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
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
    var xml = new StringBuilder("<ListBucketResult>");
    page.forEach(key -> xml.append("<Contents><Key>").append(key).append("</Key></Contents>"));
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>")
          .append(page.getLast())
          .append("</NextContinuationToken>");
    }
    answer(exchange, 200, xml.append("</ListBucketResult>").toString());
  }

  private static String text(Headers headers, String name) {
    return Objects.requireNonNullElse(headers.getFirst(name), "");
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
    if (!text(exchange.getRequestHeaders(), "Content-Encoding").contains("aws-chunked")) {
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
