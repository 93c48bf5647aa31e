// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;

/**
 * What integers of one or two bytes come to, exact and without sorting: each value is counted at
 * its own place. The memory for it serves one channel of one object after the other. Not safe for
 * several threads.
 */
final class IntegerCounts {
  private static final int VALUES = 1 << Short.SIZE;
  // Where fewer values than this part of their range are given, sorting them costs less than a look
  // at all counts.
  private static final int SPARSE = 32;

  // By value minus the lowest of the type; all 0 between two calls.
  private final int[] counts = new int[VALUES];

  /**
   * @param values at least one, of 16 bits
   * @param lowBits what is kept of each value when it is extended with its sign
   */
  Intensities intensities(short[] values, int lowBits) {
    int lowest = lowBits < 0 ? Short.MIN_VALUE : 0;
    int max = Integer.MIN_VALUE;
    int min = Integer.MAX_VALUE;
    long sum = 0;
    long squares = 0;
    for (short bits : values) {
      int value = bits & lowBits;
      max = Math.max(max, value);
      min = Math.min(min, value);
      sum += value;
      squares += (long) value * value;
      counts[value - lowest]++;
    }
    int count = values.length;
    double median =
        (max - min) / SPARSE > count
            ? medianBySorting(values, lowBits, lowest)
            : median(count, min - lowest, max - lowest) + lowest;
    double std = Math.sqrt(squaredSpread(count, sum, squares)) / count;
    return new Intensities((double) sum / count, median, max, min, std);
  }

  /** Sets the counts back to 0. */
  private double median(int count, int first, int last) {
    int low = first;
    int rest = (count - 1) / 2;
    while (rest >= counts[low]) {
      rest -= counts[low++];
    }
    int high = low;
    if (count % 2 == 0 && rest + 1 == counts[low]) {
      do {
        high++;
      } while (counts[high] == 0);
    }
    Arrays.fill(counts, first, last + 1, 0);
    return (low + high) / 2.0;
  }

  /** Sets the counts back to 0. */
  private double medianBySorting(short[] values, int lowBits, int lowest) {
    int[] sorted = new int[values.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values[i] & lowBits;
      counts[sorted[i] - lowest] = 0;
    }
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
  }

  /** Count times the sum of squares minus the square of the sum, in 128 bits. */
  private static double squaredSpread(long count, long sum, long squares) {
    long lowBits = count * squares - sum * sum;
    long highBits = Math.multiplyHigh(count, squares) - Math.multiplyHigh(sum, sum);
    if (Long.compareUnsigned(count * squares, sum * sum) < 0) {
      highBits--;
    }
    double unsigned = (lowBits >>> 1) * 2.0 + (lowBits & 1);
    return highBits * 0x1p64 + unsigned;
  }
}
