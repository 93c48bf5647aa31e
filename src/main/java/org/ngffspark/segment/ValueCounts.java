// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.Arrays;
import org.ngffspark.zarr.nd.DataType;

/**
 * How often values occur in the tiles of an image. Counts of tiles add up to those of the image, so
 * that a threshold of the whole image is the same for any tiling. Integers are counted one by one,
 * floats in 256 bins between the smallest and the largest of the image, which have to be known; so
 * have those of integers of more than two bytes.
 */
final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 1L;
  // Each tile sends 8 MiB.
  private static final int MOST_COUNTS = 1 << 20;

  // Value of the first count; of floats the range of all values.
  private final double low;
  private final double high;
  private final boolean integers;
  private final long[] counts;

  private ValueCounts(double low, double high, boolean integers, long[] counts) {
    this.low = low;
    this.high = high;
    this.integers = integers;
    this.counts = counts;
  }

  /** Nothing counted yet, of integers of one or two bytes. */
  static ValueCounts ofIntegers(DataType type) {
    double low = type.kind() == DataType.Kind.SIGNED ? -(1 << 8 * type.bytes() - 1) : 0;
    return new ValueCounts(low, Double.NaN, true, new long[1 << 8 * type.bytes()]);
  }

  /**
   * Nothing counted yet, of integers in a range.
   *
   * @throws IllegalArgumentException if they lie too far apart for a count each
   */
  static ValueCounts ofIntegers(double low, double high) {
    if (high - low >= MOST_COUNTS) {
      throw new IllegalArgumentException(
          "A threshold of a whole image takes integers of up to %d values, these go from %.0f to %.0f"
              .formatted(MOST_COUNTS, low, high));
    }
    return new ValueCounts(low, Double.NaN, true, new long[(int) (high - low) + 1]);
  }

  /** Nothing counted yet, of floats in a range. */
  static ValueCounts ofNumbers(double low, double high) {
    return new ValueCounts(low, high, false, new long[Histogram.BINS]);
  }

  /** Counts the values of a core; NaN and infinite values are left out. */
  ValueCounts plus(Block block) {
    long[] sums = counts.clone();
    Histogram.Bins bins = integers ? new Histogram.Bins(0, 1) : new Histogram.Bins(low, high);
    block.forEachOfCore(
        value -> {
          if (Double.isFinite(value)) {
            sums[integers ? (int) (value - low) : bins.of(value)]++;
          }
        });
    return new ValueCounts(low, high, integers, sums);
  }

  /** The counts of both. */
  ValueCounts plus(ValueCounts other) {
    long[] sums = counts.clone();
    Arrays.setAll(sums, i -> sums[i] + other.counts[i]);
    return new ValueCounts(low, high, integers, sums);
  }

  boolean isEmpty() {
    return Arrays.stream(counts).allMatch(count -> count == 0);
  }

  /**
   * The threshold of all values.
   *
   * @throws IllegalArgumentException if the method finds none
   */
  double threshold(ThresholdMethod method) {
    Histogram histogram =
        integers ? Histogram.ofIntegers((long) low, counts) : Histogram.ofBins(low, high, counts);
    return method.of(histogram);
  }
}
