// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;
import java.util.List;

/**
 * One channel of an object.
 *
 * @param channel index in the image; 0 where it has no such axis
 * @param changed pixels of the object whose value is another after the run
 * @param low the least value of the picture, before and after; 0 without one
 * @param high the greatest value of the picture, before and after; 0 without one
 * @param step what a grey level of the picture is greater than the one below; 1 where all values
 *     are whole numbers that are so kept as they are
 * @param times the values before the run, and after it if it changes pixels
 */
public record SampledChannel(
    int channel, long changed, double low, double high, double step, List<SampledValues> times)
    implements Serializable {
  public SampledChannel {
    times = List.copyOf(times);
  }

  SampledChannel withoutPicture() {
    return new SampledChannel(
        channel, changed, 0, 0, 1, times.stream().map(SampledValues::withoutPicture).toList());
  }
}
