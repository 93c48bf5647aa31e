// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
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
  private final Access access;
  private final Elements elements;
  private final int size;

  private enum Access {
    READ_WRITE,
    READ_ONLY
  }

  private Patch(NdArray pixels, Axes axes, PixelSize pixelSize, Box box, Access access) {
    this.pixels = pixels;
    this.axes = axes;
    this.pixelSize = pixelSize;
    this.box = box;
    this.access = access;
    this.elements = Elements.of(pixels.type());
    this.size = (int) pixels.shape().elements();
  }

  /**
   * A patch, to be read and written, on the memory of {@code pixels}; nothing is copied.
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
      if (shape.get(axis) != box.length(axis) && axes.name(axis) != AxisName.C) {
        throw new IllegalArgumentException(
            "A patch of shape " + shape + " cannot lie at " + box + ": their lengths differ");
      }
    }
    return new Patch(pixels, axes, pixelSize, box, Access.READ_WRITE);
  }

  /**
   * The pixels themselves, not a copy; for what moves them as bytes. Those of a read-only patch
   * must not be changed.
   */
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

  /** Length along an axis, in pixels; 1 if the patch has no such axis. */
  public int length(AxisName axis) {
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
   * The flat index of a pixel.
   *
   * @param place one number per axis of the patch, as {@code index(c, y, x)}
   * @throws IllegalArgumentException if there are more or fewer numbers than axes
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public int index(long... place) {
    return (int) shape().flatIndex(place);
  }

  /** The pixel at a place as a double: {@code at(c, y, x)}. Errors are those of {@link #index}. */
  public double at(long... place) {
    return value(index(place));
  }

  /**
   * Changes a pixel. In integer patches the value is rounded half to even, kept within the range of
   * the type, and NaN becomes 0; floats get the nearest value.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   * @throws UnsupportedOperationException if the patch is read-only, as from all other changes
   */
  public void set(long flatIndex, double value) {
    requireWritable();
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
    requireWritable();
    if (!elements.holds(value)) {
      throw new IllegalArgumentException("The type " + type() + " does not hold " + value);
    }
    elements.setInteger(pixels.bytes(), (int) Objects.checkIndex(flatIndex, (long) size), value);
  }

  /** True if {@link #setInteger} takes {@code value}. */
  public boolean holds(long value) {
    return elements.holds(value);
  }

  /** Changes every pixel to what {@code change} makes of its value, as {@link #set} does. */
  public void update(DoubleUnaryOperator change) {
    new PixelBlocks(this).update(change);
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

  /** As the other {@code read}, each pixel rounded to the nearest float. */
  public void read(int from, int count, float[] into, int at) {
    new PixelBlocks(this).read(from, count, into, at);
  }

  /**
   * As the other {@code read}, exact.
   *
   * @throws IllegalArgumentException if pixels of this type may not fit: uint32, integers of 64
   *     bits and floats
   */
  public void read(int from, int count, int[] into, int at) {
    new PixelBlocks(this).read(from, count, into, at);
  }

  /**
   * Writes {@code count} neighbouring pixels, each as {@link #set} does.
   *
   * @throws IndexOutOfBoundsException if one of the ranges reaches outside
   */
  public void write(int to, int count, double[] values, int at) {
    requireWritable();
    Objects.checkFromIndexSize(to, count, size);
    elements.write(pixels.bytes(), to, count, values, at);
  }

  /** As the other {@code write}. */
  public void write(int to, int count, float[] values, int at) {
    new PixelBlocks(this).write(to, count, values, at);
  }

  /** As the other {@code write}: a number that the type does not hold is kept within its range. */
  public void write(int to, int count, int[] values, int at) {
    new PixelBlocks(this).write(to, count, values, at);
  }

  /** A patch of the same place with pixels of its own, which can be changed. */
  public Patch copy() {
    return new Patch(pixels.copy(), axes, pixelSize, box, Access.READ_WRITE);
  }

  /** The same pixels, not a copy, seen by one who must not change them. */
  public Patch readOnly() {
    return new Patch(pixels, axes, pixelSize, box, Access.READ_ONLY);
  }

  private void requireWritable() {
    if (access == Access.READ_ONLY) {
      throw new UnsupportedOperationException(
          "The pixels " + this + " are read-only: change a copy() of the patch, or the result");
    }
  }

  /**
   * An ImgLib2 image on the same memory: what one writes the other reads; of a read-only patch the
   * image cannot be written either. Dimensions come in ImgLib2's order, x first. Pixel types are
   * ImgLib2's of the same name ({@code UnsignedShortType}, …); bool is {@code NativeBoolType}, and
   * float16 shows as {@code FloatType} and is stored as half precision.
   */
  public RandomAccessibleInterval<?> img() {
    ByteBuffer bytes = pixels.buffer();
    return ImgView.of(
        type(), shape(), access == Access.READ_ONLY ? bytes.asReadOnlyBuffer() : bytes);
  }

  /**
   * As {@link #img()}, of a pixel type that the caller knows.
   *
   * @param pixel for example {@code UnsignedShortType.class} for uint16
   * @throws IllegalArgumentException if the pixels are of another type; nothing is converted
   */
  public <T extends RealType<T>> RandomAccessibleInterval<T> img(Class<T> pixel) {
    RandomAccessibleInterval<?> img = img();
    Class<?> actual = img.getType().getClass();
    if (!pixel.equals(actual)) {
      throw new IllegalArgumentException(
          "Pixels of type "
              + type()
              + " are "
              + actual.getSimpleName()
              + " in ImgLib2, not "
              + pixel.getSimpleName());
    }
    @SuppressWarnings("unchecked") // just checked
    RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) img;
    return typed;
  }

  @Override
  public String toString() {
    return type() + "" + shape() + " at " + box;
  }
}
