// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.List;
import java.util.Optional;

/** One region per object of a label image, by ascending id. Immutable. */
public interface MaskingRois {

  /** Number of objects. */
  int size();

  /** The id at that place of the ascending order, from 0. */
  long label(int index);

  /** The region at that place of the ascending order, from 0, named after its id. */
  Roi roiAt(int index);

  /**
   * The region of an object, named after its id.
   *
   * @throws IllegalArgumentException if the id has none, as the background 0 never has; the message
   *     names it
   */
  Roi roi(long label);

  /**
   * A name for the state of the label image that the regions were made of; empty if it is not
   * known.
   */
  default Optional<String> fingerprint() {
    return Optional.empty();
  }

  /** Objects whose regions are not known, ascending; they are not among those counted here. */
  default List<UnusableRegion> unusable() {
    return List.of();
  }

  /** All ids, ascending. */
  default long[] labels() {
    long[] labels = new long[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(i);
    }
    return labels;
  }
}
