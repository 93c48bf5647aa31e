// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;

/**
 * Pixels of objects, summed up.
 *
 * @param pixels how many; what is no number is left out
 * @param sum of their values
 */
public record ValueSum(long pixels, double sum) implements Serializable {
  ValueSum plus(ValueSum other) {
    return new ValueSum(pixels + other.pixels, sum + other.sum);
  }

  /** NaN of no pixels. */
  public double mean() {
    return sum / pixels;
  }
}
