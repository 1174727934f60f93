package dev.rollcall.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Supplier;

/// Some measurements of one thing. On a machine that does other work as well, the minimum says what
/// the thing costs, and the median what it takes there.
final class Samples {
  private static final int ROUNDS = 7;

  private final double[] sorted;

  private Samples(double[] sorted) {
    this.sorted = sorted;
  }

  /// @throws IllegalArgumentException when there are none
  static Samples of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Samples(sorted);
  }

  /// The CPU time of this process for one of so many pieces of work, in microseconds, in some
  /// rounds.
  ///
  /// @param prepared readies a round, which is not measured, and gives what is
  static Samples ofCpu(int pieces, Supplier<Runnable> prepared) {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    var micros = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      var work = prepared.get();
      var before = process.getProcessCpuTime();
      work.run();
      micros.add((process.getProcessCpuTime() - before) / 1000.0 / pieces);
    }
    return of(micros);
  }

  double min() {
    return sorted[0];
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  /// The least that so large a share of them does not exceed, such as 0.99.
  double below(double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /// The middle one; of an even number, the upper of the middle two.
  double median() {
    return sorted[sorted.length / 2];
  }
}
