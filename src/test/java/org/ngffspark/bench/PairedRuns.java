// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Times two ways to do the same thing in turns, so that a busy machine slows both, and prints the
 * medians and the median of the ratios.
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
        "%-40s %10s %12s %7s %7s%n",
        "name",
        "ours_ms",
        "reference_ms",
        "ratio",
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
    for (int i = 0; i < rounds; i++) {
      // The second of a pair finds warmer caches: take turns.
      if (i % 2 == 0) {
        ourTimes[i] = milliseconds(ours);
        referenceTimes[i] = milliseconds(reference);
      } else {
        referenceTimes[i] = milliseconds(reference);
        ourTimes[i] = milliseconds(ours);
      }
      ratios[i] = ourTimes[i] / referenceTimes[i];
    }
    System.out.printf(
        Locale.ROOT,
        "%-40s %10.2f %12.2f %7.2f %7.2f%n",
        name,
        median(ourTimes),
        median(referenceTimes),
        median(ratios),
        target);
  }

  private static double milliseconds(Runnable run) {
    long start = System.nanoTime();
    run.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
