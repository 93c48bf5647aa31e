// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;

/**
 * The values of an object's pixels in one channel, before or after the run.
 *
 * @param mean of the pixels of the object
 * @param bins ascending, of {@link ValueBins}
 * @param counts pixels of the object in each of these bins
 * @param picture grey levels of the {@link ObjectFrame}, row by row, two bytes each, the greater
 *     first: 0 is {@link SampledChannel#low}, each level is {@link SampledChannel#step} greater;
 *     empty if no picture is kept
 */
public record SampledValues(double mean, int[] bins, int[] counts, byte[] picture)
    implements Serializable {

  SampledValues withoutPicture() {
    return new SampledValues(mean, bins, counts, new byte[0]);
  }
}
