// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.io.Serializable;
import org.ngffspark.roi.Roi;

/** One region per object of a label image. Immutable; slices are cheap to send elsewhere. */
public interface MaskingRois extends Serializable {

  /** Number of objects. */
  int size();

  /** The id at that place of the ascending order, from 0. */
  long label(int index);

  /** The region at that place of the ascending order, from 0. */
  Roi roiAt(int index);

  /**
   * The region of an object.
   *
   * @throws IllegalArgumentException if the id has none, as the background 0 never has; the message
   *     names it
   */
  Roi roi(long label);

  /** The objects at the places {@code from} (included) to {@code to} (excluded). */
  MaskingRois slice(int from, int to);

  /** All ids, ascending. */
  default long[] labels() {
    long[] labels = new long[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(i);
    }
    return labels;
  }
}
