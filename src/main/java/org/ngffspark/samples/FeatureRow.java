// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.Comparator;

/**
 * The features of one object.
 *
 * @param label its id
 * @param values one for each feature; NaN for none
 */
public record FeatureRow(long label, double[] values) {
  /** The order in which objects are taken into a sample, as {@link ObjectSample#rank} says. */
  static final Comparator<FeatureRow> BY_RANK =
      Comparator.<FeatureRow>comparingLong(row -> ObjectSample.rank(row.label))
          .thenComparingLong(FeatureRow::label);
}
