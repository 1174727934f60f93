package dev.rollcall.bench;

/// `bench/ping`: what each kind of ping costs the function alone.
public final class PingBench {
  private PingBench() {}

  public static void main(String[] arguments) throws Exception {
    Probe.run(PingProbe.class, "256m", arguments);
    System.exit(0);
  }
}
