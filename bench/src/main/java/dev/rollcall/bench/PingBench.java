package dev.rollcall.bench;

import java.util.List;

/// `bench/ping`: what each kind of ping costs. DynamoDB runs here, the function in a process of its
/// own, with the real wire between them.
public final class PingBench {
  private PingBench() {}

  public static void main(String[] arguments) throws Exception {
    try (var cloud = Cloud.start()) {
      var probe =
          Child.start(
              PingProbe.class.getName(),
              List.of("-Xmx256m"),
              List.of(arguments),
              cloud.environment());
      probe.getInputStream().transferTo(System.out);
      if (probe.waitFor() != 0) {
        throw new IllegalStateException("the probe ended with " + probe.exitValue());
      }
    }
    System.exit(0);
  }
}
