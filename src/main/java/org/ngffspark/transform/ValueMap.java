// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Optional;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/**
 * The results of a transform that follow from the value of a pixel alone, for one pixel type. It
 * can change pixels where they lie. Safe for several threads.
 */
public interface ValueMap {

  /**
   * Replaces neighbouring pixels by their results.
   *
   * @param from flat index of the first one, in C order
   */
  void replace(NdArray pixels, int from, int count);

  /**
   * The values of a transform; empty unless it is a {@link ValueTransform} with a table, or a
   * sequence of such.
   */
  static Optional<ValueMap> of(MaskedTransform transform, DataType type) {
    if (transform instanceof TransformSequence sequence) {
      return sequence.values(type);
    }
    return transform instanceof ValueTransform values
        ? values.table(type).map(table -> table)
        : Optional.empty();
  }
}
