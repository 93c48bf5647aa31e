// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import org.ngffspark.zarr.nd.DataType;

/** Which pixels lie above the threshold. */
final class Foreground {
  private Foreground() {}

  /**
   * The pixels of a mask that lie above the threshold. One that is found for all values is found
   * for those of the mask; NaN and infinite values have no part in it.
   *
   * @param values smoothed
   */
  static boolean[] of(
      Segmentation how, double[] values, DataType type, boolean[] mask, Volume volume) {
    if (how.method().isGlobal()) {
      double[] inside = inside(values, mask);
      if (inside.length == 0) {
        return new boolean[values.length];
      }
      Values all = type.isFloat() ? Values.ofNumbers(inside) : Values.ofIntegers(inside);
      double threshold = how.method().of(all);
      return above(values, mask, pixel -> threshold);
    }
    return of(how, values, mask, volume);
  }

  /** The pixels of a mask that lie above a threshold that needs no other values of the mask. */
  static boolean[] of(Segmentation how, double[] values, boolean[] mask, Volume volume) {
    if (how.method() == ThresholdMethod.MASK) {
      return mask;
    }
    if (how.method() == ThresholdMethod.VALUE) {
      return above(values, mask, pixel -> how.value());
    }
    double[] around = around(how, values, volume);
    return above(values, mask, pixel -> around[pixel] - how.offset());
  }

  /** The threshold of a pixel. */
  @FunctionalInterface
  private interface PixelThreshold {
    double of(int pixel);
  }

  private static boolean[] above(double[] values, boolean[] mask, PixelThreshold threshold) {
    boolean[] above = new boolean[values.length];
    for (int pixel = 0; pixel < above.length; pixel++) {
      above[pixel] = mask[pixel] && values[pixel] > threshold.of(pixel);
    }
    return above;
  }

  private static double[] inside(double[] values, boolean[] mask) {
    double[] inside = new double[values.length];
    int count = 0;
    for (int pixel = 0; pixel < values.length; pixel++) {
      if (mask[pixel] && Double.isFinite(values[pixel])) {
        inside[count++] = values[pixel];
      }
    }
    return Arrays.copyOf(inside, count);
  }

  /** The mean around each pixel in its plane, as {@code skimage.filters.threshold_local}. */
  static double[] around(Segmentation how, double[] values, Volume volume) {
    double[] means = values.clone();
    boolean gaussian = how.method() == ThresholdMethod.LOCAL;
    LineFilter filter =
        gaussian ? LineFilter.gaussian(sigma(how.block())) : LineFilter.mean(how.block());
    filter.apply(means, volume, 1);
    filter.apply(means, volume, 2);
    if (!gaussian) {
      double pixels = (double) how.block() * how.block();
      for (int pixel = 0; pixel < means.length; pixel++) {
        means[pixel] /= pixels;
      }
    }
    return means;
  }

  private static double sigma(int block) {
    return (block - 1) / 6.0;
  }

  /** Pixels around a pixel that its threshold follows from, along y and x. */
  static int reach(Segmentation how) {
    return switch (how.method()) {
      case LOCAL -> LineFilter.gaussianRadius(sigma(how.block()));
      case LOCAL_MEAN -> how.block() / 2;
      default -> 0;
    };
  }
}
