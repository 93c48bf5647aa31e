// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times two ways to do the same thing in turns, so that a busy machine slows both, and prints the
 * medians of the times, and of the ratios of wall clock and CPU time. The latter, which counts the
 * JVM's own threads too, says more on a machine that has other work.
 */
public final class PairedRuns {
  private final int warmUp;
  private final int rounds;

  public PairedRuns(int warmUp, int rounds) {
    this.warmUp = warmUp;
    this.rounds = rounds;
  }

  public static void printTitle() {
    System.out.printf(
        Locale.ROOT,
        "%-40s %10s %12s %7s %7s %7s%n",
        "name",
        "ours_ms",
        "reference_ms",
        "ratio",
        "cpu",
        "target");
  }

  /**
   * Prints one line.
   *
   * @param target the ratio not to exceed
   */
  public void compare(String name, Runnable ours, Runnable reference, double target) {
    for (int i = 0; i < warmUp; i++) {
      ours.run();
      reference.run();
    }
    double[] ourTimes = new double[rounds];
    double[] referenceTimes = new double[rounds];
    double[] ratios = new double[rounds];
    double[] cpuRatios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      // The second of a pair finds warmer caches: take turns.
      Cost first = Cost.of(i % 2 == 0 ? ours : reference);
      Cost second = Cost.of(i % 2 == 0 ? reference : ours);
      Cost our = i % 2 == 0 ? first : second;
      Cost other = i % 2 == 0 ? second : first;
      ourTimes[i] = our.milliseconds();
      referenceTimes[i] = other.milliseconds();
      ratios[i] = our.milliseconds() / other.milliseconds();
      cpuRatios[i] = our.cpu() / other.cpu();
    }
    System.out.printf(
        Locale.ROOT,
        "%-40s %10.2f %12.2f %7.2f %7.2f %7.2f%n",
        name,
        median(ourTimes),
        median(referenceTimes),
        median(ratios),
        median(cpuRatios),
        target);
  }

  /** What one run took: wall clock, and CPU of all threads, both in milliseconds. */
  private record Cost(double milliseconds, double cpu) {
    private static final OperatingSystemMXBean PROCESS =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Cost of(Runnable run) {
      long cpu = PROCESS.getProcessCpuTime();
      long start = System.nanoTime();
      run.run();
      long end = System.nanoTime();
      return new Cost((end - start) / 1e6, (PROCESS.getProcessCpuTime() - cpu) / 1e6);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
