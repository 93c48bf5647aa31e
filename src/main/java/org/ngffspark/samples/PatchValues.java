// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;

/** Looks at the pixels of an object in one channel. Not safe for several threads. */
final class PatchValues {
  private final ValueBins bins = new ValueBins();
  private double sum;

  /**
   * @param picture of the same pixels
   */
  SampledValues of(Patch patch, Mask mask, byte[] picture) {
    sum = 0;
    mask.forEachRun(
        (start, length) -> {
          double[] row = new double[length];
          patch.read(start, length, row, 0);
          for (double value : row) {
            sum += value;
            bins.add(value);
          }
        });
    double mean = mask.isEmpty() ? 0 : sum / mask.count();
    SampledValues values = new SampledValues(mean, bins.bins(), bins.counts(), picture);
    bins.clear();
    return values;
  }

  /** How many pixels of the object differ. */
  static long changed(Patch before, Patch after, Mask mask) {
    long[] changed = {0};
    mask.forEachRun(
        (start, length) -> {
          double[] old = new double[length];
          double[] now = new double[length];
          before.read(start, length, old, 0);
          after.read(start, length, now, 0);
          for (int i = 0; i < length; i++) {
            changed[0] += old[i] == now[i] ? 0 : 1;
          }
        });
    return changed[0];
  }
}
