// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

/**
 * What to make.
 *
 * @param seed the same seed gives the same pixels
 * @param height of the image in pixels
 * @param width of the image in pixels
 * @param objects about how many nuclei; fewer where they would not fit
 * @param fieldHeight height in pixels of one field of view: illumination fades towards its corners
 * @param fieldWidth width in pixels of one field of view
 */
public record CellParameters(
    long seed, int height, int width, int objects, int fieldHeight, int fieldWidth) {

  /**
   * @throws IllegalArgumentException if a length is below 1 or there are fewer than 0 objects
   */
  public CellParameters {
    if (height < 1 || width < 1 || fieldHeight < 1 || fieldWidth < 1 || objects < 0) {
      throw new IllegalArgumentException(
          "Lengths must be at least 1 and objects at least 0, got "
              + height
              + " x "
              + width
              + ", field "
              + fieldHeight
              + " x "
              + fieldWidth
              + ", objects "
              + objects);
    }
  }

  /** The same with another seed. */
  CellParameters withSeed(long other) {
    return new CellParameters(other, height, width, objects, fieldHeight, fieldWidth);
  }
}
