// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;

/** The values of masked pixels of a patch, as doubles. */
public final class MaskedValues {
  private double[] values = new double[256];
  private int count;

  private MaskedValues() {}

  /** The pixels of {@code mask} with a flat index from {@code from} to {@code to - 1}. */
  public static MaskedValues of(Patch patch, Mask mask, int from, int to) {
    MaskedValues found = new MaskedValues();
    mask.forEachRun(
        from,
        to,
        (start, length) -> {
          found.reserve(length);
          patch.read(start, length, found.values, found.count);
          found.count += length;
        });
    return found;
  }

  private void reserve(int more) {
    if (count + more > values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, count + more));
    }
  }

  /** Number of values. */
  public int count() {
    return count;
  }

  /** A copy of the values, in C order if no percentile was asked for before. */
  public double[] toArray() {
    return Arrays.copyOf(values, count);
  }

  /**
   * A percentile with linear interpolation, to the last bit that of numpy's {@code percentile};
   * changes the order of the values.
   *
   * @param percent 0 to 100
   * @return NaN if one of the values is NaN
   * @throws IllegalStateException if there are no values
   */
  public double percentile(double percent) {
    if (count == 0) {
      throw new IllegalStateException("There is no percentile of no values");
    }
    return Percentile.of(values, count, percent);
  }
}
