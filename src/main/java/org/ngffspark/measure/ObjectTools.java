// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * What objects that are measured one after the other share. Not safe for several threads.
 *
 * @param grayLevels for their texture
 * @param sums of integers
 */
record ObjectTools(GrayLevels grayLevels, IntegerSums sums) {

  static ObjectTools with(GrayLevels grayLevels) {
    return new ObjectTools(grayLevels, new IntegerSums());
  }
}
