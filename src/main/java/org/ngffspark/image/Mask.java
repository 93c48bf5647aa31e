// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Which pixels of a patch belong to one object, as runs of neighbouring pixels in the patch's C
 * order. Immutable. Runs are ascending, not empty, and never touch each other.
 */
public final class Mask {
  private final Shape shape;
  private final int[] runs;
  private final long count;
  private final int sameAlong;

  Mask(Shape shape, int[] runs) {
    this.shape = shape;
    this.runs = runs;
    this.sameAlong = sameAlong(shape, runs);
    long pixels = 0;
    for (int i = 1; i < runs.length; i += 2) {
      pixels += runs[i];
    }
    this.count = pixels;
  }

  private static int sameAlong(Shape shape, int[] runs) {
    int pixels = (int) shape.elements();
    int axis = 0;
    while (pixels > 0 && axis < shape.rank()) {
      int part = pixels / (int) shape.get(axis);
      if (!isRepeated(runs, part, (int) shape.elements() / part)) {
        break;
      }
      pixels = part;
      axis++;
    }
    return axis;
  }

  /** Whether runs in so many pixels come so many times. */
  private static boolean isRepeated(int[] runs, int pixels, int times) {
    int period = runs.length / times;
    if (period % 2 != 0 || period * times != runs.length) {
      return false;
    }
    for (int i = period; i < runs.length; i += 2) {
      if (runs[i] != runs[i - period] + pixels || runs[i + 1] != runs[i + 1 - period]) {
        return false;
      }
    }
    return true;
  }

  /** Takes runs of a mask, in ascending order. */
  @FunctionalInterface
  public interface RunConsumer {
    /**
     * @param start flat index of the first pixel
     * @param length number of pixels
     */
    void run(int start, int length);
  }

  /** Takes neighbouring pixels of one row. */
  @FunctionalInterface
  public interface RowConsumer {
    /**
     * @param from flat index of the first pixel in the patch
     * @param to flat index of the first pixel in the other array
     * @param length number of pixels
     */
    void row(int from, int to, int length);
  }

  /** Every pixel of a patch of that shape. */
  public static Mask full(Shape shape) {
    int size = (int) shape.elements();
    return new Mask(shape, size == 0 ? new int[0] : new int[] {0, size});
  }

  /**
   * The mask of the given runs.
   *
   * @param shape shape of the patch
   * @param runs flat start and length of each run, in turn
   * @throws IllegalArgumentException if the runs are not ascending, overlap, or leave the patch
   */
  public static Mask ofRuns(Shape shape, int[] runs) {
    long end = 0;
    RunList list = new RunList();
    for (int i = 0; i < runs.length; i += 2) {
      if (i + 1 == runs.length || runs[i] < end || runs[i + 1] < 1) {
        throw new IllegalArgumentException(
            "Runs of a mask must ascend without overlap, got " + Arrays.toString(runs));
      }
      end = (long) runs[i] + runs[i + 1];
      list.add(runs[i], runs[i + 1]);
    }
    if (end > shape.elements()) {
      throw new IllegalArgumentException(
          "Runs of a mask end at " + end + ", outside a patch of shape " + shape);
    }
    return new Mask(shape, list.toArray());
  }

  /**
   * The pixels with label {@code id}, over a patch of other axes.
   *
   * @param labels label ids on the grid of the patch; an axis of the patch that the labels lack, or
   *     along which they are 1 long, is broadcast
   * @param axes axes of the patch
   * @param shape shape of the patch, in the order of {@code axes}
   * @throws IllegalArgumentException if the labels are no integers, have an axis that the patch
   *     lacks, or a length that does not fit
   */
  public static Mask of(Patch labels, long id, Axes axes, Shape shape) {
    return new MaskScan(labels, id, axes, shape).mask();
  }

  /** Shape of the patch that this mask belongs to. */
  public Shape shape() {
    return shape;
  }

  /** Number of pixels in the mask. */
  public long count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Number of runs. */
  public int runs() {
    return runs.length / 2;
  }

  /** Flat index of the first pixel of a run. */
  public int start(int run) {
    return runs[2 * run];
  }

  /** Number of pixels of a run. */
  public int length(int run) {
    return runs[2 * run + 1];
  }

  /**
   * A number of first axes that the mask is the same all along, as along channels: one index of
   * these tells all. 0 where runs of neighbouring indices touch and are one.
   */
  public int sameAlong() {
    return sameAlong;
  }

  /** True if the pixel belongs to the object. */
  public boolean at(long flatIndex) {
    int run = firstRunAfter(flatIndex) - 1;
    return run >= 0 && flatIndex < (long) start(run) + length(run);
  }

  /** The first run that starts after {@code flatIndex}; {@link #runs()} if none does. */
  private int firstRunAfter(long flatIndex) {
    int low = 0;
    int high = runs();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start(middle) <= flatIndex) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  public void forEachRun(RunConsumer consumer) {
    for (int i = 0; i < runs.length; i += 2) {
      consumer.run(runs[i], runs[i + 1]);
    }
  }

  /** Number of pixels between two flat indices, {@code from <= index < to}. */
  public long count(int from, int to) {
    long[] pixels = {0};
    forEachRun(from, to, (start, length) -> pixels[0] += length);
    return pixels[0];
  }

  /** The runs between two flat indices, {@code from <= index < to}; runs that reach out are cut. */
  public void forEachRun(int from, int to, RunConsumer consumer) {
    for (int run = Math.max(0, firstRunAfter(from) - 1); run < runs(); run++) {
      int start = Math.max(from, start(run));
      int end = Math.min(to, start(run) + length(run));
      if (start(run) >= to) {
        return;
      }
      if (start < end) {
        consumer.run(start, end - start);
      }
    }
  }

  /** The smallest box, relative to the patch, that holds the mask; empty for an empty mask. */
  public Box bounds() {
    int rank = shape.rank();
    if (isEmpty()) {
      return Box.of(new long[rank], new long[rank]);
    }
    long[] low = shape.toArray();
    long[] high = new long[rank];
    for (int i = 0; i < runs.length; i += 2) {
      widen(low, high, runs[i], runs[i] + runs[i + 1] - 1L);
    }
    return Box.of(low, high);
  }

  private void widen(long[] low, long[] high, long first, long last) {
    long from = first;
    long to = last;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long length = shape.get(axis);
      // A run that wraps round along an axis holds its last and its first index.
      boolean wraps = from / length != to / length;
      low[axis] = Math.min(low[axis], wraps ? 0 : from % length);
      high[axis] = Math.max(high[axis], wraps ? length : to % length + 1);
      from /= length;
      to /= length;
    }
  }

  /** The part of this mask in {@code box} (relative to the patch), as a mask over the box. */
  public Mask cut(Box box) {
    RunList found = new RunList();
    new RowRuns(this, box, box.shape(), Box.whole(box.shape()))
        .forEach((from, to, length) -> found.add(to, length));
    return new Mask(box.shape(), found.toArray());
  }

  /**
   * Copies the masked pixels of {@code source} over those of {@code target}; all others stay.
   *
   * @param source of the mask's shape
   * @param target of the mask's shape and the same type
   */
  public void paste(NdArray source, NdArray target) {
    checkFits(source);
    checkFits(target);
    checkWidths(source, target);
    int width = source.type().bytes();
    for (int i = 0; i < runs.length; i += 2) {
      int at = runs[i] * width;
      System.arraycopy(source.bytes(), at, target.bytes(), at, runs[i + 1] * width);
    }
  }

  /**
   * Copies the masked pixels of {@code from}, a box of {@code source}, over {@code to}, a box of
   * {@code target}; all others stay.
   *
   * @param source of the mask's shape
   * @param target of the same type; may be larger or smaller than the mask
   * @throws IllegalArgumentException if types or shapes differ or a box reaches outside its array
   */
  public void paste(NdArray source, Box from, NdArray target, Box to) {
    checkFits(source);
    checkWidths(source, target);
    int width = source.type().bytes();
    byte[] input = source.bytes();
    byte[] output = target.bytes();
    new RowRuns(this, from, target.shape(), to)
        .forEach(
            (start, at, length) ->
                System.arraycopy(input, start * width, output, at * width, length * width));
  }

  /**
   * The masked pixels of {@code from}, a box of the patch, as they fall on {@code to}, a box of a
   * larger array: row by row, in ascending order.
   *
   * @param target shape of the other array
   * @throws IllegalArgumentException if the boxes differ in shape or reach outside
   */
  public void forEachRow(Box from, Shape target, Box to, RowConsumer consumer) {
    new RowRuns(this, from, target, to).forEach(consumer);
  }

  /**
   * Copies the masked pixels of {@code source}, of the mask's shape, one after the other into
   * {@code packed} from {@code at} on.
   *
   * @return the index after the last byte written
   */
  public int pack(NdArray source, byte[] packed, int at) {
    checkFits(source);
    int width = source.type().bytes();
    int next = at;
    for (int i = 0; i < runs.length; i += 2) {
      int length = runs[i + 1] * width;
      System.arraycopy(source.bytes(), runs[i] * width, packed, next, length);
      next += length;
    }
    return next;
  }

  /**
   * Undoes {@link #pack}: puts the packed pixels where the mask is when it lies at {@code to}, a
   * box of {@code target} with the mask's shape.
   *
   * @return the index after the last byte read
   */
  public int unpack(byte[] packed, int at, NdArray target, Box to) {
    int width = target.type().bytes();
    byte[] output = target.bytes();
    int[] next = {at};
    new RowRuns(this, Box.whole(shape), target.shape(), to)
        .forEach(
            (start, place, length) -> {
              System.arraycopy(packed, next[0], output, place * width, length * width);
              next[0] += length * width;
            });
    return next[0];
  }

  private void checkFits(NdArray array) {
    if (!array.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "A mask over " + shape + " does not fit pixels of shape " + array.shape());
    }
  }

  private static void checkWidths(NdArray source, NdArray target) {
    if (source.type() != target.type()) {
      throw new IllegalArgumentException(
          "Cannot paste " + source.type() + " pixels into " + target.type() + " pixels");
    }
  }

  int[] toArray() {
    return runs.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask && shape.equals(mask.shape) && Arrays.equals(runs, mask.runs);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(runs);
  }

  @Override
  public String toString() {
    return count + " of " + shape + " pixels in " + runs() + " runs";
  }
}
