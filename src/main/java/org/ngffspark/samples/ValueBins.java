// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Counts values in fixed bins, which are the same for all types of pixels: eight to each power of
 * two, so that whole numbers up to 16 have a bin each and others one of at most an eighth of their
 * value. Not safe for several threads.
 */
public final class ValueBins {
  // Sign, exponent and the first three bits of the fraction of a double.
  private static final int DROPPED_BITS = 49;
  private static final int BINS = 1 << (Double.SIZE - DROPPED_BITS);
  private static final int NEGATIVE = BINS / 2;

  private int[] counts = {};
  private int first = BINS;
  private int last = -1;

  /** Counts a value; what is no number is left out. */
  void add(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    if (counts.length == 0) {
      counts = new int[BINS];
    }
    int bin = (int) (Double.doubleToRawLongBits(value + 0.0) >>> DROPPED_BITS);
    counts[bin]++;
    first = Math.min(first, bin);
    last = Math.max(last, bin);
  }

  /** The bins that hold something, ascending by number, which is not by value below 0. */
  int[] bins() {
    return IntStream.rangeClosed(first, last).filter(bin -> counts[bin] > 0).toArray();
  }

  /** What each of {@link #bins} holds. */
  int[] counts() {
    return Arrays.stream(bins()).map(bin -> counts[bin]).toArray();
  }

  void clear() {
    if (last >= first) {
      Arrays.fill(counts, first, last + 1, 0);
    }
    first = BINS;
    last = -1;
  }

  /** The end of a bin that is nearer to 0, which is in it. */
  public static double inner(int bin) {
    return Double.longBitsToDouble((long) bin << DROPPED_BITS);
  }

  /** The end of a bin that is farther from 0, which is not in it. */
  public static double outer(int bin) {
    double end = Double.longBitsToDouble((bin + 1L) << DROPPED_BITS);
    return bin == NEGATIVE - 1 || bin == BINS - 1 || Double.isNaN(end) ? inner(bin) : end;
  }
}
