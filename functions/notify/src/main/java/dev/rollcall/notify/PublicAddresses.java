package dev.rollcall.notify;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// The addresses of the public internet. What IANA's registries of special-purpose addresses do not
/// call globally reachable is refused, and so are the IPv6 ranges that stand for an IPv4 address.
/// Java reads IPv4-mapped addresses such as `::ffff:10.0.0.1` as IPv4.
final class PublicAddresses implements AddressPolicy {

  private static final List<Prefix> REFUSED =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(Prefix::of)
          .toList();

  /// All of IPv6 that is given out for use on the internet.
  private static final Prefix GLOBAL = Prefix.of("2000::/3");

  @Override
  public boolean allows(InetAddress address) {
    return (address instanceof Inet4Address || GLOBAL.contains(address))
        && REFUSED.stream().noneMatch(prefix -> prefix.contains(address));
  }

  /// The addresses that begin with the same bits.
  private record Prefix(InetAddress first, int bits) {

    static Prefix of(String text) {
      var slash = text.indexOf('/');
      return new Prefix(
          InetAddress.ofLiteral(text.substring(0, slash)),
          Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
      var mine = first.getAddress();
      var other = address.getAddress();
      if (mine.length != other.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        var mask = 0x80 >> (bit % 8);
        if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
