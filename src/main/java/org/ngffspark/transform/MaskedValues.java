// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;

/** The values of masked pixels between two flat indices, in C order. */
final class MaskedValues {
  private double[] values = new double[256];
  private int count;

  static MaskedValues of(Patch patch, Mask mask, int from, int to) {
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

  int count() {
    return count;
  }

  /**
   * A percentile with linear interpolation as numpy's default; changes the order of the values.
   *
   * @param percent 0 to 100
   */
  double percentile(double percent) {
    return Percentile.of(values, count, percent);
  }
}
