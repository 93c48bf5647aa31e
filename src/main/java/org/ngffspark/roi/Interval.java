// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * A range on one axis in world units: where it starts and how long it is. Either may be open:
 * without a start it is the whole axis, without a length it runs to the axis' end. Immutable.
 */
public final class Interval implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Interval WHOLE =
      new Interval(OptionalDouble.empty(), OptionalDouble.empty());

  // NaN stands for an open end, since OptionalDouble is not serializable.
  private final double start;
  private final double length;

  /**
   * @throws IllegalArgumentException if the start is not finite, or the length is negative or not
   *     finite
   */
  public Interval(OptionalDouble start, OptionalDouble length) {
    if (start.isPresent() && !Double.isFinite(start.getAsDouble())) {
      throw new IllegalArgumentException(
          "Start of a ROI must be a finite number, got " + start.getAsDouble());
    }
    if (length.isPresent()
        && !(length.getAsDouble() >= 0 && Double.isFinite(length.getAsDouble()))) {
      throw new IllegalArgumentException(
          "Length of a ROI must be a finite number and not negative, got " + length.getAsDouble());
    }
    this.start = start.orElse(Double.NaN);
    this.length = length.orElse(Double.NaN);
  }

  public static Interval of(double start, double length) {
    return new Interval(OptionalDouble.of(start), OptionalDouble.of(length));
  }

  /** The whole axis. */
  public static Interval whole() {
    return WHOLE;
  }

  public OptionalDouble start() {
    return Double.isNaN(start) ? OptionalDouble.empty() : OptionalDouble.of(start);
  }

  public OptionalDouble length() {
    return Double.isNaN(length) ? OptionalDouble.empty() : OptionalDouble.of(length);
  }

  /** Whether it covers the whole axis, however long that is. */
  boolean isWhole() {
    return Double.isNaN(start);
  }

  /**
   * Grows (or shrinks) about the centre. A start that would lie below 0 becomes 0 and the length is
   * kept. Without a length nothing changes.
   *
   * @param padding added on both sides
   */
  Interval grow(double factor, double padding) {
    if (Double.isNaN(length)) {
      return this;
    }
    double growth = length * (factor - 1.0) + 2 * padding;
    double from = Double.isNaN(start) ? 0 : start;
    return Interval.of(Math.max(from - growth / 2, 0), length + growth);
  }

  /**
   * The range from the start of a pixel to the end of one; open at its end if that is not before
   * the extent.
   *
   * @param pixelSize world units
   * @param extent of the axis in world units
   */
  public Interval widened(double pixelSize, double extent) {
    double from = Math.floor(firstPixel(pixelSize)) * pixelSize;
    double end = isWhole() || Double.isNaN(length) ? extent : start + length;
    double to = Math.ceil(snap(end, pixelSize)) * pixelSize;
    return new Interval(
        OptionalDouble.of(from),
        to < extent ? OptionalDouble.of(to - from) : OptionalDouble.empty());
  }

  /** First pixel of the range, as a fraction; 0 for the whole axis. */
  double firstPixel(double pixelSize) {
    return isWhole() ? 0 : snap(start, pixelSize);
  }

  /** End of the range in pixels, as a fraction; infinite if it is open. */
  double endPixel(double pixelSize) {
    return isWhole() || Double.isNaN(length)
        ? Double.POSITIVE_INFINITY
        : snap(start, pixelSize) + snap(length, pixelSize);
  }

  /** World units to pixels; less than 0.01 from an integer counts as that integer. */
  private static double snap(double value, double pixelSize) {
    double raster = value / pixelSize;
    double nearest = Math.rint(raster);
    return Math.abs(nearest - raster) < 0.01 ? nearest : raster;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Interval interval
        && Double.compare(start, interval.start) == 0
        && Double.compare(length, interval.length) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(start) + Double.hashCode(length);
  }

  @Override
  public String toString() {
    return (isWhole() ? "start open" : "start " + start)
        + (Double.isNaN(length) ? ", length open" : ", length " + length);
  }
}
