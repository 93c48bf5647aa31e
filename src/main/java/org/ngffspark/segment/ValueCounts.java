// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.Arrays;
import org.ngffspark.zarr.nd.DataType;

/**
 * How often values occur in the tiles of an image. Counts of tiles add up to those of the image, so
 * that a threshold of the whole image is the same for any tiling. Integers of one or two bytes are
 * counted one by one, floats in 256 bins between the smallest and the largest of the image, which
 * have to be known.
 */
public final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 1L;

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

  /**
   * Nothing counted yet.
   *
   * @throws IllegalArgumentException if values of the type cannot be counted
   */
  static ValueCounts ofIntegers(DataType type) {
    if (type.isFloat() || type.bytes() > Short.BYTES) {
      throw new IllegalArgumentException(
          "A threshold of a whole image takes pixels of 8 or 16 bits or floats, not " + type);
    }
    double low = type.kind() == DataType.Kind.SIGNED ? -(1 << 8 * type.bytes() - 1) : 0;
    return new ValueCounts(low, Double.NaN, true, new long[1 << 8 * type.bytes()]);
  }

  /** Nothing counted yet, of floats in a range. */
  static ValueCounts ofNumbers(double low, double high) {
    return new ValueCounts(low, high, false, new long[Histogram.BINS]);
  }

  /** Counts the values of a core; NaN and infinite values are left out. */
  ValueCounts plus(Block block) {
    long[] sums = counts.clone();
    Histogram.Bins bins = integers ? new Histogram.Bins(0, 1) : new Histogram.Bins(low, high);
    for (int z = 0; z < block.core().depth(); z++) {
      for (int y = 0; y < block.core().height(); y++) {
        int row = block.row(z, y);
        for (int x = row; x < row + block.core().width(); x++) {
          double value = block.values()[x];
          if (Double.isFinite(value)) {
            sums[integers ? (int) (value - low) : bins.of(value)]++;
          }
        }
      }
    }
    return new ValueCounts(low, high, integers, sums);
  }

  /** The counts of both. */
  public ValueCounts plus(ValueCounts other) {
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
   * @throws IllegalArgumentException if the method needs the values of floats one by one, or finds
   *     no threshold
   */
  double threshold(ThresholdMethod method) {
    Histogram histogram =
        integers ? Histogram.ofIntegers((long) low, counts) : Histogram.ofBins(low, high, counts);
    if (!integers && (method == ThresholdMethod.LI || method == ThresholdMethod.MEAN)) {
      throw needsAllValues(method);
    }
    return method.of(histogram);
  }

  static IllegalArgumentException needsAllValues(ThresholdMethod method) {
    return new IllegalArgumentException(
        "The method "
            + method.title()
            + " needs all values of a float image at once; of a whole image use otsu, yen,"
            + " isodata, triangle, minimum, local or value");
  }
}
