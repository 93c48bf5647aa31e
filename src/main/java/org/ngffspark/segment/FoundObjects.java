// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/**
 * The new objects inside one object, its children, numbered from 1 in the order of their first
 * pixels. Their ids in the image follow when it is known how many children all parents have: ids
 * ascend by the id of the parent, then by this number, and leave none out. So they do not depend on
 * tiles and tasks.
 *
 * @param parent id of the object that they lie in
 * @param numbers of the pixels, 0 for none; type uint32, axes of the image without channels
 * @param boxes of the children, in pixels of the level, axes of {@code numbers}
 */
public record FoundObjects(long parent, Patch numbers, List<Box> boxes) {
  public FoundObjects {
    boxes = List.copyOf(boxes);
  }

  /** Finds the children of an object. What the finder throws goes through. */
  public static FoundObjects of(ObjectFinder finder, MaskedPatch object) {
    Patch found = blank(object.patch());
    finder.find(object, found);
    return numbered(object, found);
  }

  /** Place for the numbers of the pixels of a patch, all 0. */
  static Patch blank(Patch patch) {
    Axes axes = patch.axes().without(AxisName.C);
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < patch.axes().rank(); axis++) {
      if (patch.axes().name(axis) != AxisName.C) {
        kept.add(axis);
      }
    }
    long[] start = kept.stream().mapToLong(axis -> patch.box().start(axis)).toArray();
    long[] stop = kept.stream().mapToLong(axis -> patch.box().stop(axis)).toArray();
    Box box = Box.of(start, stop);
    PixelSize size = patch.pixelSize();
    return Patch.of(NdArray.zeros(DataType.UINT32, box.shape()), axes, size, box);
  }

  /** Takes what lies in the mask and numbers it in the order of first pixels. */
  private static FoundObjects numbered(MaskedPatch object, Patch found) {
    Patch numbers = blank(object.patch());
    Mask mask = Mask.of(object.labels(), object.label(), numbers.axes(), numbers.shape());
    Map<Long, Integer> byFound = new HashMap<>();
    List<long[]> bounds = new ArrayList<>();
    mask.forEachRun(
        (start, length) -> {
          for (int pixel = start; pixel < start + length; pixel++) {
            long value = found.integer(pixel);
            if (value != 0) {
              int number = byFound.computeIfAbsent(value, none -> byFound.size() + 1);
              numbers.setInteger(pixel, number);
              grow(bounds, number, numbers, pixel);
            }
          }
        });
    int rank = numbers.axes().rank();
    List<Box> boxes =
        bounds.stream()
            .map(b -> Box.of(Arrays.copyOf(b, rank), Arrays.copyOfRange(b, rank, 2 * rank)))
            .toList();
    return new FoundObjects(object.label(), numbers, boxes);
  }

  private static void grow(List<long[]> bounds, int number, Patch numbers, int pixel) {
    int rank = numbers.axes().rank();
    if (number > bounds.size()) {
      long[] empty = new long[2 * rank];
      Arrays.fill(empty, 0, rank, Long.MAX_VALUE);
      bounds.add(empty);
    }
    long[] box = bounds.get(number - 1);
    int rest = pixel;
    for (int axis = rank - 1; axis >= 0; axis--) {
      int length = (int) numbers.shape().get(axis);
      long at = numbers.box().start(axis) + rest % length;
      rest /= length;
      box[axis] = Math.min(box[axis], at);
      box[rank + axis] = Math.max(box[rank + axis], at + 1);
    }
  }

  /** Number of children. */
  public int count() {
    return boxes.size();
  }
}
