// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;

/**
 * The part of an image that is copied: a range on some axes.
 *
 * @param unit of the ranges; pixels are those of the finest level
 */
public record Crop(Map<AxisName, Range> ranges, Growth.Unit unit) implements Serializable {

  /** All of an image. */
  public static final Crop NONE = new Crop(Map.of(), Growth.Unit.PIXELS);

  private static final String NUMBER = "([0-9]+(?:\\.[0-9]+)?)?";
  private static final Pattern ITEM = Pattern.compile("([tzyx])=" + NUMBER + ":" + NUMBER);

  /**
   * From the first pixel of the image on.
   *
   * @param to beyond the range; infinite for the end of the axis
   */
  public record Range(double from, double to) implements Serializable {
    /**
     * @throws IllegalArgumentException if it begins below 0 or is empty
     */
    public Range {
      if (!(from >= 0 && from < to)) {
        throw new IllegalArgumentException(
            "A range goes from 0 or more to something larger, got " + from + ":" + to);
      }
    }

    private String text() {
      return text(from) + ":" + (Double.isInfinite(to) ? "" : text(to));
    }

    private static String text(double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
  }

  /**
   * @throws IllegalArgumentException if a channel range is given, or one in pixels has no whole
   *     numbers
   */
  public Crop {
    ranges = Map.copyOf(ranges);
    if (ranges.containsKey(AxisName.C)) {
      throw new IllegalArgumentException("Channels are chosen by --channels, not cropped");
    }
    if (unit == Growth.Unit.PIXELS && !ranges.values().stream().allMatch(Crop::isWhole)) {
      throw new IllegalArgumentException(
          "Pixels are whole numbers, got " + ranges + "; write um at the end for world units");
    }
  }

  private static boolean isWhole(Range range) {
    return Math.rint(range.from) == range.from && Math.rint(range.to) == range.to;
  }

  /**
   * Reads what users write.
   *
   * @param text ranges as {@code z=0:16,y=100:612,x=200:}, with {@code px} or {@code um} at its
   *     end, pixels if there is neither; empty for all of an image
   * @throws IllegalArgumentException if it is no such
   */
  public static Crop parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Growth.Unit unit = text.endsWith("um") ? Growth.Unit.WORLD : Growth.Unit.PIXELS;
    Map<AxisName, Range> ranges = new EnumMap<>(AxisName.class);
    for (String item : text.replaceFirst("(px|um)$", "").split(",", -1)) {
      Matcher parts = ITEM.matcher(item);
      if (!parts.matches()
          || ranges.put(AxisName.ofNgffName(parts.group(1)).orElseThrow(), range(parts)) != null) {
        throw new IllegalArgumentException(
            "A crop is a range for each axis t, z, y or x, as y=100:612,x=200:712 or"
                + " y=16.25:99.5,x=32:115um; got '"
                + text
                + "'");
      }
    }
    return new Crop(ranges, unit);
  }

  private static Range range(Matcher parts) {
    return new Range(
        parts.group(2) == null ? 0 : Double.parseDouble(parts.group(2)),
        parts.group(3) == null ? Double.POSITIVE_INFINITY : Double.parseDouble(parts.group(3)));
  }

  /** Whether all of an image is copied. */
  boolean isAll() {
    return ranges.isEmpty();
  }

  /**
   * The part of an image in world units, widened to whole pixels of its coarsest level: then the
   * pixels of all levels show the same.
   *
   * @param image its finest level
   * @param levels all levels that are copied, those of label images too
   * @throws IllegalArgumentException if the image lacks an axis, or has no pixel in the range
   */
  Roi region(PixelGrid image, List<PixelGrid> levels) {
    Map<AxisName, Interval> intervals = new EnumMap<>(AxisName.class);
    ranges.forEach((axis, range) -> intervals.put(axis, interval(axis, range, image, levels)));
    return new Roi(Optional.empty(), Optional.empty(), intervals);
  }

  private Interval interval(AxisName axis, Range range, PixelGrid image, List<PixelGrid> levels) {
    double pixel = image.pixelSize().get(axis);
    double world = unit == Growth.Unit.PIXELS ? pixel : 1;
    OptionalInt index = image.axes().index(axis);
    if (index.isEmpty() || image.extent(index.getAsInt()) <= range.from * world) {
      throw new IllegalArgumentException("A crop of " + this + " has nothing of " + image);
    }
    Interval asked =
        new Interval(
            OptionalDouble.of(range.from * world),
            Double.isInfinite(range.to)
                ? OptionalDouble.empty()
                : OptionalDouble.of((range.to - range.from) * world));
    double coarsest =
        levels.stream()
            .filter(level -> isCut(level, axis))
            .mapToDouble(level -> level.pixelSize().get(axis))
            .max()
            .orElse(pixel);
    return asked.widened(coarsest, image.extent(index.getAsInt()));
  }

  /** Whether a level is cut on an axis: one that it has, with more than one plane before y. */
  private static boolean isCut(PixelGrid level, AxisName axis) {
    OptionalInt index = level.axes().index(axis);
    return index.isPresent()
        && (level.shape().get(index.getAsInt()) > 1 || index.getAsInt() >= level.axes().rank() - 2);
  }

  /**
   * The pixels of a level that are copied.
   *
   * @param region as {@link #region} gives it
   * @throws IllegalArgumentException if there are none
   */
  static Box box(Roi region, PixelGrid level) {
    Map<AxisName, Interval> own = region.intervals();
    own.keySet().removeIf(axis -> !isCut(level, axis));
    Box box = new Roi(region.name(), region.label(), own).toBox(level);
    if (box.isEmpty()) {
      throw new IllegalArgumentException(
          level + " has no pixels in the crop; choose another one, or leave it out");
    }
    return box;
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return ranges.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue().text())
            .collect(Collectors.joining(","))
        + (isAll() ? "" : unit.symbol());
  }
}
