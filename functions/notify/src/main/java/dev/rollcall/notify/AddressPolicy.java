package dev.rollcall.notify;

import java.net.InetAddress;

/// Which addresses requests may go to.
@FunctionalInterface
interface AddressPolicy {

  /// Every address, for an installation whose receivers are in its own network.
  AddressPolicy ANY = _ -> true;

  /// Only addresses of the public internet.
  AddressPolicy PUBLIC = new PublicAddresses();

  boolean allows(InetAddress address);
}
