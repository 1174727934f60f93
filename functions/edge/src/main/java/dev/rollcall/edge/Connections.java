package dev.rollcall.edge;

import java.util.function.Supplier;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/// An HTTP client whose connections can be dropped under the AWS clients that use it.
final class Connections implements SdkHttpClient {
  private final Supplier<SdkHttpClient> maker;
  private volatile SdkHttpClient client;

  /// @param maker makes a client without connections
  Connections(Supplier<SdkHttpClient> maker) {
    this.maker = maker;
    client = maker.get();
  }

  /// Closes all connections. The next request opens a new one; one that is under way fails.
  void drop() {
    var old = client;
    client = maker.get();
    old.close();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return client.prepareRequest(request);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
