// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;

/**
 * How much of each image is sampled.
 *
 * @param objects whose values are taken
 * @param pictures of these objects, how many are seen
 * @param thumbnail longest side of a picture of the whole image, in pixels; 0 for none
 */
public record SampleSizes(int objects, int pictures, int thumbnail) implements Serializable {
  /** Nothing is sampled. */
  public static final SampleSizes NONE = new SampleSizes(0, 0, 0);

  private static final int ALL_OBJECTS = 20_000;
  private static final int MOST_OBJECTS = 64;
  private static final int LEAST_OBJECTS = 12;
  private static final int ALL_PICTURES = 400;
  private static final int MOST_PICTURES = 12;
  private static final int FEW_IMAGES = 96;
  private static final int LARGE = 160;
  private static final int MANY_IMAGES = 400;
  private static final int MEDIUM = 80;
  private static final int SMALL = 32;

  /** As much as a page of a run over so many images can show: its size has a bound. */
  public static SampleSizes of(int images) {
    int some = Math.max(1, images);
    return new SampleSizes(
        Math.max(LEAST_OBJECTS, Math.min(MOST_OBJECTS, ALL_OBJECTS / some)),
        Math.max(1, Math.min(MOST_PICTURES, ALL_PICTURES / some)),
        some <= FEW_IMAGES ? LARGE : some <= MANY_IMAGES ? MEDIUM : SMALL);
  }

  /** Whether nothing is sampled. */
  public boolean isNone() {
    return objects == 0;
  }
}
