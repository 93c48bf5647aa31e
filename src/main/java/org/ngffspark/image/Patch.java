// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Objects;
import net.imglib2.RandomAccessibleInterval;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * The pixels of one region of an image or label image, with all axes on disk, in that order.
 *
 * <p>Pixels are numbered in C order by a flat index: the last axis (x) runs fastest. Several
 * threads may read at once, one may write.
 */
public final class Patch {
  private final NdArray pixels;
  private final Axes axes;
  private final PixelSize pixelSize;
  private final Box box;
  private final Elements elements;
  private final int size;

  private Patch(NdArray pixels, Axes axes, PixelSize pixelSize, Box box) {
    this.pixels = pixels;
    this.axes = axes;
    this.pixelSize = pixelSize;
    this.box = box;
    this.elements = Elements.of(pixels.type());
    this.size = (int) pixels.shape().elements();
  }

  /**
   * A patch on the memory of {@code pixels}; nothing is copied.
   *
   * @param box where the patch lies in its level, in pixels; along the channel axis its length may
   *     differ, where the channels of the patch are not neighbours
   * @throws IllegalArgumentException if ranks or lengths do not agree
   */
  public static Patch of(NdArray pixels, Axes axes, PixelSize pixelSize, Box box) {
    Shape shape = pixels.shape();
    if (shape.rank() != axes.rank() || box.rank() != axes.rank()) {
      throw new IllegalArgumentException(
          "A patch with axes " + axes.names() + " cannot have shape " + shape + " and box " + box);
    }
    for (int axis = 0; axis < axes.rank(); axis++) {
      if (shape.get(axis) != box.length(axis) && !axes.get(axis).name().equals("c")) {
        throw new IllegalArgumentException(
            "A patch of shape " + shape + " cannot lie at " + box + ": their lengths differ");
      }
    }
    return new Patch(pixels, axes, pixelSize, box);
  }

  /** The pixels themselves, not a copy. */
  public NdArray pixels() {
    return pixels;
  }

  public Axes axes() {
    return axes;
  }

  public DataType type() {
    return pixels.type();
  }

  /** Lengths in pixels, axes as on disk. */
  public Shape shape() {
    return pixels.shape();
  }

  /** Size of one pixel per axis, in the unit of the axis. */
  public PixelSize pixelSize() {
    return pixelSize;
  }

  /** Where the patch lies in its level, in pixels, axes as on disk. */
  public Box box() {
    return box;
  }

  /** Number of pixels, all axes together. */
  public int size() {
    return size;
  }

  /** Length along the axis of that name, in pixels; 1 if the patch has no such axis. */
  public int length(String axis) {
    return axes.index(axis).stream().map(index -> (int) shape().get(index)).findFirst().orElse(1);
  }

  /**
   * The pixel as a double; 64-bit integers become the nearest double.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public double value(long flatIndex) {
    return elements.value(pixels.bytes(), (int) Objects.checkIndex(flatIndex, (long) size));
  }

  /**
   * Changes a pixel. In integer patches the value is rounded half to even, kept within the range of
   * the type, and NaN becomes 0; floats get the nearest value.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public void set(long flatIndex, double value) {
    elements.set(pixels.bytes(), (int) Objects.checkIndex(flatIndex, (long) size), value);
  }

  /**
   * The pixel as an exact integer, as label ids need it. A uint64 comes as its 64 bits, to be read
   * as unsigned; floats lose their fraction.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public long integer(long flatIndex) {
    return elements.integer(pixels.bytes(), (int) Objects.checkIndex(flatIndex, (long) size));
  }

  /**
   * Changes a pixel to exactly {@code value}; in uint64 patches its 64 bits are taken as unsigned.
   *
   * @throws IllegalArgumentException if the type of the patch does not hold the value
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public void setInteger(long flatIndex, long value) {
    if (!elements.holds(value)) {
      throw new IllegalArgumentException("The type " + type() + " does not hold " + value);
    }
    elements.setInteger(pixels.bytes(), (int) Objects.checkIndex(flatIndex, (long) size), value);
  }

  /** True if {@link #setInteger} takes {@code value}. */
  public boolean holds(long value) {
    return elements.holds(value);
  }

  /**
   * Reads {@code count} neighbouring pixels as doubles, many times faster than one by one.
   *
   * @throws IndexOutOfBoundsException if one of the ranges reaches outside
   */
  public void read(int from, int count, double[] into, int at) {
    Objects.checkFromIndexSize(from, count, size);
    elements.read(pixels.bytes(), from, count, into, at);
  }

  /**
   * Writes {@code count} neighbouring pixels, each as {@link #set} does.
   *
   * @throws IndexOutOfBoundsException if one of the ranges reaches outside
   */
  public void write(int to, int count, double[] values, int at) {
    Objects.checkFromIndexSize(to, count, size);
    elements.write(pixels.bytes(), to, count, values, at);
  }

  /** A patch of the same place with pixels of its own. */
  public Patch copy() {
    return new Patch(pixels.copy(), axes, pixelSize, box);
  }

  /**
   * An ImgLib2 image on the same memory: what one writes the other reads. Dimensions come in
   * ImgLib2's order, x first. Pixel types are ImgLib2's of the same name ({@code
   * UnsignedShortType}, …); bool is {@code NativeBoolType}, and float16 shows as {@code FloatType}
   * and is stored as half precision.
   */
  public RandomAccessibleInterval<?> img() {
    int rank = axes.rank();
    long[] dimensions = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      dimensions[rank - 1 - axis] = shape().get(axis);
    }
    return elements.img(pixels.buffer(), dimensions);
  }

  Elements elements() {
    return elements;
  }

  @Override
  public String toString() {
    return type() + "" + shape() + " at " + box;
  }
}
