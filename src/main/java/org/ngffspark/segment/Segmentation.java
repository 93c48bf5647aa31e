// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How objects are found: pixels above a threshold, in connected pieces. Immutable; made by {@link
 * #by} and the methods that change one thing.
 *
 * @param method how the threshold is found
 * @param value the threshold of the method VALUE; 0 for others
 * @param block side of the square around a pixel, in pixels, of methods that are local
 * @param offset what is subtracted from thresholds of methods that are local
 * @param smooth sigma of the Gaussian that values are smoothed with first, in pixels of y; 0 for
 *     none
 * @param holes what becomes of holes
 * @param split whether touching objects are split
 * @param peakDistance pixels between the middles of two objects that are split
 * @param connectivity which pixels are neighbours
 * @param minSize objects with fewer pixels are left out
 */
public record Segmentation(
    ThresholdMethod method,
    double value,
    int block,
    double offset,
    double smooth,
    Holes holes,
    Split split,
    int peakDistance,
    Connectivity connectivity,
    long minSize)
    implements Serializable {

  /** What becomes of holes. */
  public enum Holes {
    KEEP,
    FILL
  }

  /** Whether objects that touch are split. */
  public enum Split {
    NONE,
    /** Where the distance to the border has several peaks. */
    WATERSHED
  }

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Segmentation {
    require(!Double.isNaN(value) && !Double.isNaN(offset), "Thresholds are numbers", "NaN");
    require(block >= 3 && block % 2 == 1, "A block has an odd side of 3 or more", block);
    require(
        smooth >= 0 && smooth < Double.POSITIVE_INFINITY,
        "Smoothing takes a sigma of 0 or more",
        smooth);
    require(peakDistance >= 1, "Peaks are 1 pixel apart or more", peakDistance);
    require(minSize >= 0, "Objects have a size of 0 or more", minSize);
  }

  private static void require(boolean condition, String rule, Object got) {
    if (!condition) {
      throw new IllegalArgumentException(rule + ", got " + got);
    }
  }

  /**
   * What decides about the objects, by the names of options: equal objects, equal texts. What the
   * method does not ask is left out.
   */
  public SortedMap<String, String> described() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("method", method.title());
    if (method == ThresholdMethod.VALUE) {
      texts.put("threshold", Double.toString(value));
    }
    if (method.isLocal()) {
      texts.put("block", Integer.toString(block));
      texts.put("offset", Double.toString(offset));
    }
    texts.put("smooth", Double.toString(smooth));
    texts.put("holes", name(holes));
    texts.put("split", name(split));
    if (split == Split.WATERSHED) {
      texts.put("peak_distance", Integer.toString(peakDistance));
    }
    texts.put("neighbours", connectivity.title());
    texts.put("min_size", Long.toString(minSize));
    return texts;
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** Objects above the threshold of a method, nothing smoothed, filled, split or left out. */
  public static Segmentation by(ThresholdMethod method) {
    return new Segmentation(method, 0, 35, 0, 0, Holes.KEEP, Split.NONE, 5, Connectivity.FACES, 0);
  }

  /** Objects above that value. */
  public static Segmentation above(double threshold) {
    return new Segmentation(
        ThresholdMethod.VALUE,
        threshold,
        35,
        0,
        0,
        Holes.KEEP,
        Split.NONE,
        5,
        Connectivity.FACES,
        0);
  }

  /** The same with another {@link #block} and {@link #offset}. */
  public Segmentation around(int newBlock, double newOffset) {
    return new Segmentation(
        method,
        value,
        newBlock,
        newOffset,
        smooth,
        holes,
        split,
        peakDistance,
        connectivity,
        minSize);
  }

  /** The same with another {@link #smooth}. */
  public Segmentation smoothed(double sigma) {
    return new Segmentation(
        method, value, block, offset, sigma, holes, split, peakDistance, connectivity, minSize);
  }

  /** The same with other {@link #holes}. */
  public Segmentation with(Holes newHoles) {
    return new Segmentation(
        method, value, block, offset, smooth, newHoles, split, peakDistance, connectivity, minSize);
  }

  /** The same with objects split by watershed, at peaks that far apart. */
  public Segmentation split(int newDistance) {
    return new Segmentation(
        method,
        value,
        block,
        offset,
        smooth,
        holes,
        Split.WATERSHED,
        newDistance,
        connectivity,
        minSize);
  }

  /** The same with another {@link #connectivity}. */
  public Segmentation with(Connectivity newConnectivity) {
    return new Segmentation(
        method, value, block, offset, smooth, holes, split, peakDistance, newConnectivity, minSize);
  }

  /** The same without objects that have fewer pixels. */
  public Segmentation atLeast(long pixels) {
    return new Segmentation(
        method, value, block, offset, smooth, holes, split, peakDistance, connectivity, pixels);
  }
}
