// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.stream.DoubleStream;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Patches for tests, at the origin, with pixel size 1. */
public final class Patches {
  private Patches() {}

  public static Patch zeros(DataType type, Axes axes, long... shape) {
    return wrap(NdArray.zeros(type, Shape.of(shape)), axes);
  }

  public static Patch wrap(NdArray pixels, Axes axes) {
    double[] ones = DoubleStream.generate(() -> 1).limit(axes.rank()).toArray();
    return Patch.of(pixels, axes, PixelSize.of(axes, ones), Box.whole(pixels.shape()));
  }

  /** A patch that holds {@code values} in C order. */
  public static Patch of(DataType type, Axes axes, Shape shape, double... values) {
    Patch patch = zeros(type, axes, shape.toArray());
    patch.write(0, values.length, values, 0);
    return patch;
  }
}
