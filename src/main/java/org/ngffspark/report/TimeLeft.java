// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.time.Duration;

/**
 * How long work will still take, from how much of it is done. An estimate counts down with the
 * clock until it is off by more than a tenth: one that jumps with every task is of no use. Not safe
 * for several threads.
 */
final class TimeLeft {
  private static final double TOLERANCE = 0.1;
  // Before that nothing can be told: tasks begin together.
  private static final double LEAST_PART = 0.01;

  private double told;
  private double toldAt;

  /**
   * The time left.
   *
   * @param seconds since the work began
   * @param part of it that is done, 0 to 1
   * @return zero if nothing can be told yet, or all is done
   */
  Duration at(double seconds, double part) {
    if (part < LEAST_PART || part >= 1 || seconds <= 0) {
      told = 0;
      return Duration.ZERO;
    }
    double now = seconds * (1 - part) / part;
    double counted = told - (seconds - toldAt);
    if (told == 0 || Math.abs(counted - now) > TOLERANCE * now) {
      told = now;
      toldAt = seconds;
      counted = now;
    }
    return Duration.ofSeconds(Math.max(1, Math.round(counted)));
  }
}
