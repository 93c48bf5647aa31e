// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.stream.DoubleStream;

/**
 * The range of intensities in which a viewer shows a channel.
 *
 * @param min smallest value the range may take
 * @param max largest value the range may take
 * @param start value shown black
 * @param end value shown at full brightness
 */
public record ChannelWindow(double min, double max, double start, double end) {

  /**
   * @throws IllegalArgumentException if a number is not finite
   */
  public ChannelWindow {
    if (!DoubleStream.of(min, max, start, end).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "Windows must be finite, got " + min + ", " + max + ", " + start + ", " + end);
    }
  }
}
