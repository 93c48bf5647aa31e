// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.measure.MeasuredImage;
import org.ngffspark.measure.MeasuredObject;
import org.ngffspark.measure.ObjectMask;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Objects that are measured as functions of Python get them: a patch with the axes c, y, x, or c,
 * z, y, x of images with several planes, of the object's box, 0 outside the object.
 */
final class MeasuredPatch {
  private static final int PROBE = 8;

  private final MeasuredImage image;
  private final Axes axes;
  private final PixelSize size;

  MeasuredPatch(MeasuredImage image) {
    this.image = image;
    boolean plane = image.dimensions() == 2;
    this.axes = plane ? Axes.of("c", "y", "x") : Axes.of("c", "z", "y", "x");
    this.size =
        plane
            ? PixelSize.of(axes, 1, image.spacing().y(), image.spacing().x())
            : PixelSize.of(axes, 1, image.spacing().z(), image.spacing().y(), image.spacing().x());
  }

  /** An object without channels has one of zeros, for there is no array without pixels. */
  private int channels() {
    return Math.max(1, image.channels().size());
  }

  MaskedPatch of(MeasuredObject object) {
    ObjectMask mask = object.mask();
    int[] low = {mask.z(), mask.y(), mask.x()};
    int[] lengths = {mask.depth(), mask.height(), mask.width()};
    Patch patch = blank(low, lengths, image.type());
    byte[] inside = new byte[patch.size() / channels()];
    int plane = lengths[1] * lengths[2];
    int[] next = {0};
    mask.forEachRun(
        (z, y, x, length) -> {
          double[] values = new double[length];
          int at = z * plane + y * lengths[2] + x;
          for (int channel = 0; channel < channels(); channel++) {
            int to = channel * lengths[0] * plane + at;
            if (!image.channels().isEmpty()) {
              object.values(channel).read(next[0], length, values);
              patch.write(to, length, values, 0);
            }
          }
          Arrays.fill(inside, at, at + length, (byte) 1);
          next[0] += length;
        });
    return masked(patch, inside, object.label());
  }

  /** A small object of growing values, to learn what a function returns. */
  MaskedPatch probe() {
    int depth = image.dimensions() == 2 ? 1 : Math.min(3, image.depth());
    int[] lengths = {depth, Math.min(PROBE, image.height()), Math.min(PROBE, image.width())};
    Patch patch = blank(new int[3], lengths, image.type());
    byte[] inside = new byte[patch.size() / channels()];
    Arrays.fill(inside, (byte) 1);
    for (int pixel = 0; pixel < patch.size(); pixel++) {
      patch.set(pixel, 1 + pixel % PROBE);
    }
    return masked(patch, inside, 1);
  }

  private Patch blank(int[] low, int[] lengths, DataType type) {
    int first = image.dimensions() == 2 ? 1 : 0;
    int rank = axes.rank();
    long[] start = new long[rank];
    long[] stop = new long[rank];
    stop[0] = channels();
    for (int axis = 1; axis < rank; axis++) {
      start[axis] = low[first + axis - 1];
      stop[axis] = start[axis] + lengths[first + axis - 1];
    }
    Box box = Box.of(start, stop);
    return Patch.of(NdArray.zeros(type, box.shape()), axes, size, box);
  }

  private MaskedPatch masked(Patch patch, byte[] inside, long label) {
    Box place = patch.box();
    int rank = axes.rank();
    long[] start = IntStream.range(1, rank).mapToLong(place::start).toArray();
    long[] stop = IntStream.range(1, rank).mapToLong(place::stop).toArray();
    Box box = Box.of(start, stop);
    Patch labels =
        Patch.of(NdArray.zeros(DataType.INT64, box.shape()), axes.without(AxisName.C), size, box);
    for (int pixel = 0; pixel < labels.size(); pixel++) {
      labels.setInteger(pixel, inside[pixel] == 0 ? 0 : label);
    }
    List<String> names = image.channels().isEmpty() ? List.of("") : image.channels();
    return MaskedPatch.of(patch, labels, label, names);
  }
}
