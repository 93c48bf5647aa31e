// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Makes one pyramid level from the level before it, block by block. The rule is that of the whole
 * array: a block's result does not depend on where blocks begin and end. Values equal those of
 * {@code scipy.ndimage.zoom(mode="grid-constant", grid_mode=True)} with order 1 for images and 0
 * for labels. Axes of equal length are copied.
 */
public final class Downsampling {
  private final boolean linear;
  private final List<AxisSampling> axes;

  private Downsampling(boolean linear, List<AxisSampling> axes) {
    this.linear = linear;
    this.axes = axes;
  }

  /**
   * For images: linear interpolation.
   *
   * @param source shape of the level to read, in pixels
   * @param target shape of the level to make, in pixels
   * @throws IllegalArgumentException if the ranks differ, a length is 0 on one side only, or the
   *     type is float16, which is never written
   */
  public static Downsampling linear(DataType type, Shape source, Shape target) {
    if (type == DataType.FLOAT16 && !source.equals(target)) {
      throw new IllegalArgumentException("Levels of float16 images are read, not made");
    }
    return new Downsampling(
        true,
        axes(
            source,
            target,
            axis -> new LinearAxis(source.get(axis), target.get(axis), type.isFloat())));
  }

  /**
   * For label images: nearest neighbour, of any type.
   *
   * @throws IllegalArgumentException if the ranks differ or a length is 0 on one side only
   */
  public static Downsampling nearest(Shape source, Shape target) {
    return new Downsampling(
        false, axes(source, target, axis -> new NearestAxis(source.get(axis), target.get(axis))));
  }

  private static List<AxisSampling> axes(
      Shape source, Shape target, IntFunction<AxisSampling> axis) {
    boolean fits = source.rank() == target.rank();
    List<AxisSampling> axes = new ArrayList<>();
    for (int i = 0; fits && i < source.rank(); i++) {
      fits = (source.get(i) == 0) == (target.get(i) == 0);
      axes.add(axis.apply(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "Cannot make a level of shape " + target + " from one of shape " + source);
    }
    return axes;
  }

  /** The pixels of the source level that a box of the target level is made from. */
  public Box sourceBox(Box target) {
    long[] start = new long[axes.size()];
    long[] stop = new long[axes.size()];
    for (int i = 0; i < start.length; i++) {
      boolean empty = target.length(i) == 0;
      start[i] = empty ? 0 : axes.get(i).first(target.start(i));
      stop[i] = empty ? 0 : axes.get(i).last(target.stop(i) - 1) + 1;
    }
    return Box.of(start, stop);
  }

  /**
   * The pixels of the target level that are made from any pixel of a box of the source level; no
   * others. Empty if there are none.
   */
  public Box targetBox(Box source) {
    long[] start = new long[axes.size()];
    long[] stop = new long[axes.size()];
    for (int i = 0; i < start.length; i++) {
      start[i] = axes.get(i).firstTargetReaching(source.start(i));
      stop[i] = Math.max(start[i], axes.get(i).firstTargetBeyond(source.stop(i)));
    }
    return source.isEmpty() ? Box.of(start, start) : Box.of(start, stop);
  }

  /**
   * Makes a box of the target level.
   *
   * @param block pixels of the source level
   * @param place where {@code block} lies in the source level; holds {@link #sourceBox}
   * @param target box of the target level
   * @throws IllegalArgumentException if the block does not hold what the box is made from
   */
  public NdArray apply(NdArray block, Box place, Box target) {
    NdArray result = NdArray.zeros(block.type(), target.shape());
    apply(block, place, result, target);
    return result;
  }

  /** As the other {@code apply}, into an array of the shape of {@code target}. */
  public void apply(NdArray block, Box place, NdArray result, Box target) {
    apply(block, place, result, target, target);
  }

  /**
   * As the other {@code apply}, into a part of an array.
   *
   * @param resultPlace where {@code result} lies in the target level; holds {@code target}
   */
  public void apply(NdArray block, Box place, NdArray result, Box resultPlace, Box target) {
    if (!block.shape().equals(place.shape())
        || !result.shape().equals(resultPlace.shape())
        || !resultPlace.contains(target)
        || block.type() != result.type()) {
      throw new IllegalArgumentException(
          "Cannot make "
              + target
              + " in "
              + result
              + " of "
              + resultPlace
              + " from "
              + block
              + " of "
              + place);
    }
    if (target.isEmpty()) {
      return;
    }
    Box inResult = target.relativeTo(resultPlace);
    Box needed = sourceBox(target);
    if (!place.contains(needed)) {
      throw new IllegalArgumentException(
          "Box " + target + " needs " + needed + " of the level before, got " + place);
    }
    if (axes.stream().allMatch(AxisSampling::isSame)) {
      result.paste(block, target.relativeTo(place), inResult);
    } else if (!linear) {
      new IndexGather(block, index(place, target), result, inResult).run();
    } else if (HalvingRows.canHalve(axes, block.type())) {
      new HalvingRows(block, needed.relativeTo(place), result, inResult).run();
    } else {
      new LinearRows(axes, block, place, result, inResult, target).run();
    }
  }

  private int[][] index(Box place, Box target) {
    int[][] index = new int[axes.size()][];
    for (int axis = 0; axis < index.length; axis++) {
      index[axis] = new int[Math.toIntExact(target.length(axis))];
      for (int i = 0; i < index[axis].length; i++) {
        long source = axes.get(axis).first(target.start(axis) + i);
        index[axis][i] = (int) (source - place.start(axis));
      }
    }
    return index;
  }
}
