// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * A label image of a test: points in space, each with an id; a pixel belongs to the nearest point
 * within reach.
 *
 * @param objects how many there are
 * @param reach largest distance in pixels of a pixel from its object's point
 * @param firstId of the ids, which follow each other
 * @param factor pixel size in y and x over that of the image
 * @param axes empty for those of the image without channels
 * @param chunks empty for those of the image
 * @param table whether a masking ROI table belongs to it; it has a region for an object that is not
 *     there, beside the image
 * @param fill value of missing chunks; if not 0 the first chunk is missing
 */
record LabelImage(
    String name,
    int objects,
    double reach,
    long firstId,
    DataType type,
    double factor,
    Optional<Axes> axes,
    Optional<Shape> chunks,
    boolean table,
    long fill) {

  /** Objects 1, 2, …, uint32, without a table. */
  static LabelImage discs(String name, int objects, double reach) {
    return new LabelImage(
        name, objects, reach, 1, DataType.UINT32, 1, Optional.empty(), Optional.empty(), false, 0);
  }

  /** Objects that touch and leave no background. */
  static LabelImage dense(String name, int objects) {
    return discs(name, objects, Double.POSITIVE_INFINITY);
  }

  LabelImage ids(long first, DataType of) {
    return new LabelImage(name, objects, reach, first, of, factor, axes, chunks, table, fill);
  }

  LabelImage factor(double value) {
    return new LabelImage(name, objects, reach, firstId, type, value, axes, chunks, table, fill);
  }

  LabelImage axes(String... names) {
    return new LabelImage(
        name,
        objects,
        reach,
        firstId,
        type,
        factor,
        Optional.of(Axes.of(names)),
        chunks,
        table,
        fill);
  }

  LabelImage chunks(long... lengths) {
    return new LabelImage(
        name,
        objects,
        reach,
        firstId,
        type,
        factor,
        axes,
        Optional.of(Shape.of(lengths)),
        table,
        fill);
  }

  LabelImage withTable() {
    return new LabelImage(name, objects, reach, firstId, type, factor, axes, chunks, true, fill);
  }

  LabelImage fill(long value) {
    return new LabelImage(name, objects, reach, firstId, type, factor, axes, chunks, table, value);
  }

  /** The ids; objects of later times lie elsewhere and keep their ids. */
  NdArray draw(Shape shape) {
    NdArray ids = NdArray.zeros(type, shape);
    Patch patch = Patches.wrap(ids, Axes.of(names(shape.rank())));
    long[][] points = points(shape);
    for (int flat = 0; flat < patch.size(); flat++) {
      int nearest = nearest(position(flat, shape), points);
      if (nearest >= 0) {
        patch.setInteger(flat, firstId + nearest);
      }
    }
    return ids;
  }

  private static String[] names(int rank) {
    List<String> all = List.of("t", "z", "y", "x");
    return all.subList(all.size() - rank, all.size()).toArray(String[]::new);
  }

  private long[][] points(Shape shape) {
    SplittableRandom random = new SplittableRandom(objects + name.hashCode());
    long[][] points = new long[objects][];
    for (int i = 0; i < objects; i++) {
      points[i] = Arrays.stream(shape.toArray()).map(random::nextLong).toArray();
    }
    return points;
  }

  private static long[] position(int flat, Shape shape) {
    long[] position = new long[shape.rank()];
    long rest = flat;
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape.get(axis);
      rest /= shape.get(axis);
    }
    return position;
  }

  private int nearest(long[] position, long[][] points) {
    int nearest = -1;
    double shortest = reach;
    for (int i = 0; i < points.length; i++) {
      double distance = distance(position, points[i]);
      if (distance <= shortest && (nearest < 0 || distance < shortest)) {
        nearest = i;
        shortest = distance;
      }
    }
    return nearest;
  }

  private static double distance(long[] a, long[] b) {
    double sum = 0;
    for (int axis = 0; axis < a.length; axis++) {
      sum += (double) (a[axis] - b[axis]) * (a[axis] - b[axis]);
    }
    return Math.sqrt(sum);
  }
}
