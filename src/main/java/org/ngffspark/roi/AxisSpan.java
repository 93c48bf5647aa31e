// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.Optional;
import org.ngffspark.resample.IndexGather;
import org.ngffspark.resample.NearestAxis;

/**
 * One axis of the label pixels that were read for a region.
 *
 * @param length pixels read
 * @param resampled pixels after resampling to the image's pixel size; a whole number, as double
 *     since nonsense metadata can make it larger than any integer
 * @param last whether it is one of the label's last two axes
 */
record AxisSpan(AxisName axis, long length, double resampled, boolean last) {

  /** Whether the region has pixels on the image but none on the label. */
  boolean missesTheLabel() {
    return length == 0 && resampled > 0;
  }

  /** Pixels to fit to the patch: an axis before y that is one pixel long is never stretched. */
  private double fitted() {
    return length == 1 && !last ? 1 : resampled;
  }

  /**
   * For each index along the axis of a patch the index in the label pixels that were read, or
   * {@link IndexGather#NONE}: one pixel too few is no label, one too many is cut. Of length 1 where
   * one pixel stands for all. Empty if they differ by more than one.
   */
  Optional<int[]> fit(int patch) {
    double fitted = fitted();
    if (fitted == 1) {
      return Optional.of(new int[] {source(0, 1)});
    }
    if (Math.abs(fitted - patch) > 1) {
      return Optional.empty();
    }
    int[] index = new int[patch];
    for (int o = 0; o < patch; o++) {
      index[o] = o < fitted ? source(o, fitted) : IndexGather.NONE;
    }
    return Optional.of(index);
  }

  private int source(int index, double count) {
    double found = NearestAxis.source(index, length / count);
    return found < length ? (int) found : IndexGather.NONE;
  }
}
