// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.OptionalDouble;
import org.ngffspark.resample.SlowPyramid;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** The rule of the mask on one axis as it is written down, for a uint32 label of axes z y x. */
final class SlowMask {
  private static final String[] AXES = {"z", "y", "x"};

  private final PixelGrid image;
  private final PixelGrid label;
  private final Roi roi;
  private final long[] first = new long[3];
  private final long[] read = new long[3];
  private final long[] resampled = new long[3];

  SlowMask(PixelGrid image, PixelGrid label, Roi roi) {
    this.image = image;
    this.label = label;
    this.roi = roi;
    for (int axis = 0; axis < 3; axis++) {
      measure(axis);
    }
  }

  private static double snap(double value, double pixel) {
    double r = value / pixel;
    double k = Math.rint(r);
    return Math.abs(k - r) < 0.01 ? k : r;
  }

  private void measure(int axis) {
    AxisName name = AxisName.ofNgffName(AXES[axis]).orElseThrow();
    double q = label.pixelSize().get(name);
    double p = image.pixelSize().get(name);
    long n = label.shape().get(axis);
    long imageLength = image.shape().get(image.axes().index(name).orElseThrow());
    OptionalDouble start = roi.interval(name).start();
    OptionalDouble length = roi.interval(name).length();
    if (start.isEmpty()) {
      read[axis] = n;
      resampled[axis] = imageLength;
      return;
    }
    double a = snap(start.getAsDouble(), q);
    double e = length.isEmpty() ? Double.POSITIVE_INFINITY : a + snap(length.getAsDouble(), q);
    first[axis] = Math.max(0, Math.min((long) Math.floor(a), n));
    read[axis] = Math.max(0, Math.min((long) Math.ceil(e), n)) - first[axis];
    double scale = q / p;
    resampled[axis] =
        Math.max(
            0,
            (long) Math.ceil(Math.min(e * scale, imageLength))
                - (long) Math.floor(Math.max(0.0, a) * scale));
  }

  /** Whether resampled and wanted lengths differ by more than one on some axis. */
  boolean isRefused(Shape patch) {
    boolean refused = false;
    for (int axis = 0; axis < 3; axis++) {
      long m = length(axis);
      refused |= m != 1 && Math.abs(m - wanted(patch, axis)) > 1;
    }
    return refused && !isNothing();
  }

  private boolean isNothing() {
    boolean nothing = false;
    for (int axis = 0; axis < 3; axis++) {
      nothing |= read[axis] == 0 && resampled[axis] > 0;
    }
    return nothing;
  }

  private long length(int axis) {
    return axis == 0 && read[axis] == 1 ? 1 : resampled[axis];
  }

  private long wanted(Shape patch, int axis) {
    AxisName name = AxisName.ofNgffName(AXES[axis]).orElseThrow();
    return patch.get(image.axes().index(name).orElseThrow());
  }

  /** The label at one pixel of the patch, given by its z, y and x; 0 where there is none. */
  int at(NdArray labels, long[] zyx) {
    long[] index = new long[3];
    for (int axis = 0; axis < 3; axis++) {
      long m = length(axis);
      long o = m == 1 ? 0 : zyx[axis];
      if (isNothing() || o >= m) {
        return 0;
      }
      double ratio = (double) read[axis] / m;
      index[axis] = first[axis] + (int) Math.floor((((o + 0.5) * ratio) - 0.5) + 0.5);
    }
    return labels.buffer().getInt(4 * SlowPyramid.ravel(index, labels.shape()));
  }
}
