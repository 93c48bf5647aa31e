// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;

/**
 * The grid of an object's pictures: one plane of y and x, the one with most of the object's pixels.
 *
 * @param width in pixels of the picture
 * @param height in pixels of the picture
 * @param step pixels of the level along each side of a pixel of the picture, of which it is the
 *     mean
 * @param mask 1 where the object lies, row by row
 */
public record ObjectFrame(int width, int height, int step, byte[] mask) implements Serializable {
  /** No picture. */
  public static final ObjectFrame NONE = new ObjectFrame(0, 0, 1, new byte[0]);

  /** Whether there is no picture. */
  public boolean isNone() {
    return width == 0;
  }
}
