// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

/**
 * Which indices of one axis of a pyramid level the indices of the next level are made from. Both
 * bounds grow with the target index.
 */
interface AxisSampling {
  long sourceLength();

  long targetLength();

  /** First source index that a target index is made from. */
  long first(long target);

  /** Last source index, inclusive, that a target index is made from. */
  long last(long target);

  default boolean isSame() {
    return sourceLength() == targetLength();
  }

  /** The first target index that is made from anything at or after {@code source}. */
  default long firstTargetReaching(long source) {
    return search(target -> last(target) >= source);
  }

  /** The first target index that is made only from what comes at or after {@code source}. */
  default long firstTargetBeyond(long source) {
    return search(target -> first(target) >= source);
  }

  private long search(java.util.function.LongPredicate reached) {
    long low = 0;
    long high = targetLength();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (reached.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
