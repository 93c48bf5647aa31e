// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import org.ngffspark.zarr.nd.DataType;

/**
 * Sums and ranks of integers of one or two bytes, exact and without sorting: values are counted by
 * their high byte, those around the median by their low byte.
 */
final class IntegerCounts {
  private static final int BINS = 256;
  private static final int BLOCK = 1024;

  private final ChannelValues values;
  private final int low;
  private final int shift;
  private final double[] block = new double[BLOCK];
  private final int[] counts = new int[BINS];
  // Of the values above the smallest of their type, so that they are not negative.
  private long sum;
  private long squares;
  private int max;
  private int min = Integer.MAX_VALUE;

  IntegerCounts(ChannelValues values) {
    DataType type = values.type();
    this.values = values;
    this.low = type.kind() == DataType.Kind.SIGNED ? -1 << (Byte.SIZE * type.bytes() - 1) : 0;
    this.shift = Byte.SIZE * (type.bytes() - 1);
    for (int from = 0; from < values.count(); from += BLOCK) {
      add(from, Math.min(BLOCK, values.count() - from));
    }
  }

  private void add(int from, int length) {
    values.read(from, length, block);
    for (int i = 0; i < length; i++) {
      int value = (int) block[i] - low;
      counts[value >> shift]++;
      sum += value;
      squares += (long) value * value;
      max = Math.max(max, value);
      min = Math.min(min, value);
    }
  }

  Intensities intensities() {
    int count = values.count();
    int first = rank((count - 1) / 2);
    int second = count % 2 == 1 ? first : rank(count / 2);
    return new Intensities(
        (double) (sum + (long) low * count) / count,
        low + (first + second) / 2.0,
        low + max,
        low + min,
        Math.sqrt(squaredSpread()) / count);
  }

  /** Count times the sum of squares minus the square of the sum, in 128 bits. */
  private double squaredSpread() {
    long count = values.count();
    long lowBits = count * squares - sum * sum;
    long highBits = Math.multiplyHigh(count, squares) - Math.multiplyHigh(sum, sum);
    if (Long.compareUnsigned(count * squares, sum * sum) < 0) {
      highBits--;
    }
    double unsigned = (lowBits >>> 1) * 2.0 + (lowBits & 1);
    return highBits * 0x1p64 + unsigned;
  }

  /** The value of that rank, from 0. */
  private int rank(int rank) {
    int bin = 0;
    int rest = rank;
    while (rest >= counts[bin]) {
      rest -= counts[bin++];
    }
    return shift == 0 ? bin : (bin << shift) + rankInBin(bin, rest);
  }

  private int rankInBin(int bin, int rank) {
    int[] fine = new int[BINS];
    for (int from = 0; from < values.count(); from += BLOCK) {
      int length = Math.min(BLOCK, values.count() - from);
      values.read(from, length, block);
      for (int i = 0; i < length; i++) {
        int value = (int) block[i] - low;
        if (value >> shift == bin) {
          fine[value & (BINS - 1)]++;
        }
      }
    }
    int value = 0;
    int rest = rank;
    while (rest >= fine[value]) {
      rest -= fine[value++];
    }
    return value;
  }
}
