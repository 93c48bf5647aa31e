// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * Sums and ranks of integers of one or two bytes, exact and without sorting: values are counted in
 * bins, those of the bin around the median one by one.
 */
final class IntegerCounts {
  // Bits of the number of a bin: few enough for all bins to stay in the nearest cache.
  private static final int BIN_BITS = 10;

  private final int[] values;
  private final int max;
  private final int min;
  private final long sum;
  private final long squares;
  private final int shift;
  private final int[] bins;

  /**
   * @param values at least one, of 16 bits
   */
  IntegerCounts(int[] values) {
    this.values = values;
    int most = values[0];
    int least = values[0];
    long total = 0;
    long products = 0;
    for (int value : values) {
      most = Math.max(most, value);
      least = Math.min(least, value);
      total += value;
      products += (long) value * value;
    }
    this.max = most;
    this.min = least;
    this.sum = total;
    this.squares = products;
    this.shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(max - min) - BIN_BITS);
    this.bins = new int[(max - min >> shift) + 1];
    for (int value : values) {
      bins[value - min >> shift]++;
    }
  }

  Intensities intensities() {
    int count = values.length;
    double low = value((count - 1) / 2);
    double median = count % 2 == 1 ? low : (low + value(count / 2)) / 2;
    return new Intensities(
        (double) sum / count, median, max, min, Math.sqrt(squaredSpread()) / count);
  }

  /** Count times the sum of squares minus the square of the sum, in 128 bits. */
  private double squaredSpread() {
    long count = values.length;
    long lowBits = count * squares - sum * sum;
    long highBits = Math.multiplyHigh(count, squares) - Math.multiplyHigh(sum, sum);
    if (Long.compareUnsigned(count * squares, sum * sum) < 0) {
      highBits--;
    }
    double unsigned = (lowBits >>> 1) * 2.0 + (lowBits & 1);
    return highBits * 0x1p64 + unsigned;
  }

  /** The value of that rank, from 0. */
  private int value(int rank) {
    int bin = 0;
    int rest = rank;
    while (rest >= bins[bin]) {
      rest -= bins[bin++];
    }
    return shift == 0 ? min + bin : valueInBin(bin, rest);
  }

  private int valueInBin(int bin, int rank) {
    int first = min + (bin << shift);
    int[] counts = new int[1 << shift];
    for (int value : values) {
      if (value - min >> shift == bin) {
        counts[value - first]++;
      }
    }
    int index = 0;
    int rest = rank;
    while (rest >= counts[index]) {
      rest -= counts[index++];
    }
    return first + index;
  }
}
