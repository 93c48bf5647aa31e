// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalInt;
import org.ngffspark.zarr.nd.Shape;

/**
 * Where the pixels of one level lie in the world: axes, shape, pixel size and translation.
 * Immutable.
 */
public final class PixelGrid implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Axes axes;
  private final Shape shape;
  private final PixelSize pixelSize;
  private final double[] translation;

  private PixelGrid(
      String name, Axes axes, Shape shape, PixelSize pixelSize, double[] translation) {
    this.name = name;
    this.axes = axes;
    this.shape = shape;
    this.pixelSize = pixelSize;
    this.translation = translation;
  }

  /**
   * A grid whose first pixel lies at the world's origin.
   *
   * @param name of the level, for messages, for example {@code label nuclei level 0}
   * @param shape lengths in pixels, in the order of {@code axes}
   * @throws IllegalArgumentException if the ranks differ
   */
  public static PixelGrid of(String name, Axes axes, Shape shape, PixelSize pixelSize) {
    return new PixelGrid(name, axes, shape, pixelSize, new double[axes.rank()]).checked();
  }

  /**
   * This grid moved in the world.
   *
   * @param perAxis world units, one for each axis
   * @throws IllegalArgumentException if the count is not that of the axes
   */
  public PixelGrid translated(double... perAxis) {
    return new PixelGrid(name, axes, shape, pixelSize, perAxis.clone()).checked();
  }

  private PixelGrid checked() {
    if (shape.rank() != axes.rank() || translation.length != axes.rank()) {
      throw new IllegalArgumentException(
          name
              + " has axes "
              + axes.names()
              + " but shape "
              + shape
              + " and translation "
              + Arrays.toString(translation));
    }
    return this;
  }

  public String name() {
    return name;
  }

  public Axes axes() {
    return axes;
  }

  public Shape shape() {
    return shape;
  }

  public PixelSize pixelSize() {
    return pixelSize;
  }

  /** World units per pixel of the axis at a position. */
  public double pixelSize(int axis) {
    return pixelSize.get(axes.name(axis));
  }

  /** World units from the world's origin to the first pixel. */
  public double translation(int axis) {
    return translation[axis];
  }

  /** World units the axis covers: length times pixel size. */
  public double extent(int axis) {
    return shape.get(axis) * pixelSize(axis);
  }

  /** The same pixels with the pixel sizes and translations of another grid, where it has them. */
  public PixelGrid laidOn(PixelGrid other) {
    double[] moved = new double[axes.rank()];
    for (int axis = 0; axis < moved.length; axis++) {
      OptionalInt there = other.axes.index(axes.name(axis));
      moved[axis] = there.isPresent() ? other.translation[there.getAsInt()] : 0;
    }
    return new PixelGrid(name, axes, shape, other.pixelSize, moved);
  }

  /**
   * Whether this grid, of a label image, is as long as another one on all its axes but the channel;
   * one plane on an axis before y is as long as any number of them.
   */
  public boolean hasLengthsOf(PixelGrid image) {
    for (int axis = 0; axis < axes.rank(); axis++) {
      OptionalInt there = image.axes.index(axes.name(axis));
      boolean plane = shape.get(axis) == 1 && axis < axes.rank() - 2;
      boolean same = there.isPresent() && image.shape.get(there.getAsInt()) == shape.get(axis);
      if (!same && !plane && axes.name(axis) != AxisName.C) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return name + " " + axes.names() + shape;
  }
}
