package dev.rollcall.notify;

import java.io.Serial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/// Names, resolved to addresses that may be connected to. The client asks here for every
/// connection, once, and connects to what it is given: between the check and the connection no
/// other answer can slip in.
record CheckedDns(Names names, AddressPolicy policy) implements DnsResolver {

  /// How names become addresses.
  @FunctionalInterface
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /// A name that leads where no request may go. One such address among several is enough: no public
  /// service has one.
  static final class ForbiddenAddress extends UnknownHostException {
    @Serial private static final long serialVersionUID = 1;
  }

  /// How many addresses of a name are tried: each may take its time until it does not answer.
  private static final int TRIED = 8;

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = names.resolve(host);
    for (var address : addresses) {
      if (!policy.allows(address)) {
        throw new ForbiddenAddress();
      }
    }
    return Arrays.copyOf(addresses, Math.min(addresses.length, TRIED));
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
