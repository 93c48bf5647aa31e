// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import org.ngffspark.crops.CropSize.Fit;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Brings arrays over an object's box to the size of a crop. Pixels are taken at the centers of the
 * new ones, as {@code skimage.transform.resize} does with order 1 (or 0) and {@code
 * anti_aliasing=False}.
 */
final class FittedBox {
  private final Shape from;
  private final Shape to;
  private final Along[] along;

  /**
   * Where the pixels along an axis come from.
   *
   * @param first index in the crop of the first pixel of the object's box
   * @param lower neighbour with the lower index, pixel by pixel of the box in the crop
   * @param upper the other neighbour
   * @param weight of the upper one
   */
  private record Along(int first, int[] lower, int[] upper, double[] weight) {
    int nearest(int i) {
      // A center in the middle between two pixels takes the upper one.
      return weight[i] < 0.5 ? lower[i] : upper[i];
    }
  }

  private FittedBox(Shape from, Shape to, Along[] along) {
    this.from = from;
    this.to = to;
    this.along = along;
  }

  /**
   * @param axes of the box
   * @throws IllegalArgumentException if the box is to keep its pixels and is larger than the crop,
   *     or has other axes
   */
  static FittedBox of(Axes axes, Shape box, CropSize size) {
    Shape crop = Shape.of(size.of(axes, box.toArray()));
    double factor = factor(axes, box, crop, size);
    Along[] along = new Along[box.rank()];
    for (int axis = 0; axis < along.length; axis++) {
      int length = (int) box.get(axis);
      int scaled =
          size.has(axes.names().get(axis))
              ? (int) Math.max(1, Math.round(length * factor))
              : length;
      along[axis] = along(length, Math.min(scaled, (int) crop.get(axis)), (int) crop.get(axis));
    }
    return new FittedBox(box, crop, along);
  }

  private static double factor(Axes axes, Shape box, Shape crop, CropSize size) {
    double factor = Double.POSITIVE_INFINITY;
    for (int axis = 0; axis < box.rank(); axis++) {
      if (size.has(axes.names().get(axis))) {
        factor = Math.min(factor, (double) crop.get(axis) / box.get(axis));
      }
    }
    if (size.fit() == Fit.SCALE) {
      return factor;
    }
    if (factor < 1) {
      throw new IllegalArgumentException(
          "its box "
              + box
              + " is larger than the crop "
              + crop
              + "; give a larger --size, or --fit scale, or leave it out with --on-error skip");
    }
    return 1;
  }

  private static Along along(int length, int scaled, int crop) {
    int[] lower = new int[scaled];
    int[] upper = new int[scaled];
    double[] weight = new double[scaled];
    for (int i = 0; i < scaled; i++) {
      double place = (i + 0.5) * length / scaled - 0.5;
      double inside = Math.min(Math.max(place, 0), length - 1.0);
      lower[i] = (int) inside;
      upper[i] = Math.min(lower[i] + 1, length - 1);
      weight[i] = inside - lower[i];
    }
    return new Along((crop - scaled) / 2, lower, upper, weight);
  }

  /** Lengths of the crop. */
  Shape shape() {
    return to;
  }

  /** The nearest pixels, unchanged; for ids and masks. */
  NdArray nearest(NdArray pixels) {
    NdArray result = NdArray.zeros(pixels.type(), to);
    copy(pixels, result, 0, 0, 0);
    return result;
  }

  private void copy(NdArray pixels, NdArray result, int axis, int source, int target) {
    if (axis == along.length) {
      int width = pixels.type().bytes();
      System.arraycopy(pixels.bytes(), source * width, result.bytes(), target * width, width);
      return;
    }
    Along steps = along[axis];
    for (int i = 0; i < steps.lower.length; i++) {
      copy(
          pixels,
          result,
          axis + 1,
          source * (int) from.get(axis) + steps.nearest(i),
          target * (int) to.get(axis) + steps.first + i);
    }
  }

  /** Linear between pixels, rounded half to even; the pixels themselves where none is scaled. */
  NdArray linear(Patch patch) {
    NdArray pixels = patch.pixels();
    NdArray result = NdArray.zeros(pixels.type(), to);
    Patch target = Patch.of(result, patch.axes(), patch.pixelSize(), Box.whole(to));
    interpolate(patch, target, 0, new int[along.length], 0);
    return result;
  }

  private void interpolate(Patch source, Patch target, int axis, int[] place, int at) {
    if (axis == along.length) {
      target.set(at, value(source, 0, place, 0));
      return;
    }
    for (int i = 0; i < along[axis].lower.length; i++) {
      place[axis] = i;
      interpolate(source, target, axis + 1, place, at * (int) to.get(axis) + along[axis].first + i);
    }
  }

  private double value(Patch source, int axis, int[] place, int at) {
    if (axis == along.length) {
      return source.value(at);
    }
    Along steps = along[axis];
    int i = place[axis];
    int row = at * (int) from.get(axis);
    double lower = value(source, axis + 1, place, row + steps.lower[i]);
    return steps.weight[i] == 0
        ? lower
        : lower + steps.weight[i] * (value(source, axis + 1, place, row + steps.upper[i]) - lower);
  }
}
