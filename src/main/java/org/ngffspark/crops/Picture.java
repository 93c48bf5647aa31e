// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.Arrays;
import org.ngffspark.crops.PngFormat.Samples;

/**
 * A picture in colours.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb red, green and blue of each pixel, row by row
 */
record Picture(int width, int height, byte[] rgb) implements Serializable {
  static final int YELLOW = 0xFFD400;
  static final int WHITE = 0xFFFFFF;

  // Digits of 3 x 5 pixels: a row is three bits, the first row in the highest.
  private static final int[] DIGITS = {
    0b111101101101111, 0b010110010010111, 0b111001111100111, 0b111001111001111, 0b101101111001001,
    0b111100111001111, 0b111100111101111, 0b111001001001001, 0b111101111101111, 0b111101111001111
  };
  private static final int DIGIT_WIDTH = 3;
  private static final int DIGIT_HEIGHT = 5;

  static Picture black(int width, int height) {
    return new Picture(width, height, new byte[width * height * Samples.RGB_8.bytes()]);
  }

  byte[] png() {
    return PngFormat.encode(width, height, Samples.RGB_8, rgb);
  }

  /** Each pixel becomes a square of so many. */
  Picture enlarged(int factor) {
    Picture large = black(width * factor, height * factor);
    int bytes = Samples.RGB_8.bytes();
    for (int y = 0; y < large.height; y++) {
      for (int x = 0; x < large.width; x++) {
        int from = (y / factor * width + x / factor) * bytes;
        System.arraycopy(rgb, from, large.rgb, (y * large.width + x) * bytes, bytes);
      }
    }
    return large;
  }

  /** Draws a rectangle; what lies outside is left out. */
  void fill(int left, int top, int columns, int rows, int color) {
    for (int y = Math.max(0, top); y < Math.min(height, top + rows); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, left + columns); x++) {
        int at = (y * width + x) * Samples.RGB_8.bytes();
        rgb[at] = (byte) (color >>> 16);
        rgb[at + 1] = (byte) (color >>> 8);
        rgb[at + 2] = (byte) color;
      }
    }
  }

  /** Copies another picture to a place; it must fit. */
  void paste(Picture other, int left, int top) {
    int row = other.width * Samples.RGB_8.bytes();
    for (int y = 0; y < other.height; y++) {
      int to = ((top + y) * width + left) * Samples.RGB_8.bytes();
      System.arraycopy(other.rgb, y * row, rgb, to, row);
    }
  }

  /** The same in a frame of this size, in its middle; what is larger is cut. */
  Picture framed(int columns, int rows) {
    Picture framed = black(columns, rows);
    int left = (columns - width) / 2;
    int top = (rows - height) / 2;
    int bytes = Samples.RGB_8.bytes();
    for (int y = Math.max(0, top); y < Math.min(rows, top + height); y++) {
      int first = Math.max(0, left);
      int length = Math.min(columns, left + width) - first;
      int from = ((y - top) * width + first - left) * bytes;
      System.arraycopy(rgb, from, framed.rgb, (y * columns + first) * bytes, length * bytes);
    }
    return framed;
  }

  /** Writes digits, each of 3 x 5 squares of so many pixels. */
  void write(String digits, int left, int top, int size) {
    int x = left;
    for (int digit : digits.chars().map(Character::getNumericValue).toArray()) {
      for (int bit = 0; bit < DIGIT_WIDTH * DIGIT_HEIGHT; bit++) {
        if ((DIGITS[digit] >>> (DIGIT_WIDTH * DIGIT_HEIGHT - 1 - bit) & 1) == 1) {
          fill(x + bit % DIGIT_WIDTH * size, top + bit / DIGIT_WIDTH * size, size, size, WHITE);
        }
      }
      x += (DIGIT_WIDTH + 1) * size;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture same
        && same.width == width
        && same.height == height
        && Arrays.equals(same.rgb, rgb);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rgb);
  }
}
