package dev.rollcall.wrong;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;

final class OpensConnections {
  private OpensConnections() {}

  static HttpClient client() {
    return HttpClient.newHttpClient();
  }

  static InputStream address(URI uri) throws IOException {
    return uri.toURL().openStream();
  }

  static Socket socket() throws IOException {
    return new Socket();
  }
}
