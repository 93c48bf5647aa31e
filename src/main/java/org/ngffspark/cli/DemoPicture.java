// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.ngffspark.image.Image;
import org.ngffspark.image.Patch;

/** A picture of the first three channels of an image, as blue, green and red. */
final class DemoPicture {
  // Of 16-bit pixels: the camera's offset is black, bright nuclei are white.
  private static final double BLACK = 150;
  private static final double WHITE = 4000;
  private static final int CHANNELS = 3;
  private static final int BITS = 8;
  private static final double MAX = 255;

  private DemoPicture() {}

  /**
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  static Path write(Image image, Path file) {
    Patch pixels = image.read();
    int height = pixels.length("y");
    int width = pixels.length("x");
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < height * width; at++) {
      int colour = 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        double value = pixels.value((long) channel * height * width + at);
        double shown = Math.sqrt(Math.max(0, Math.min(1, (value - BLACK) / (WHITE - BLACK))));
        colour |= (int) (shown * MAX) << BITS * channel;
      }
      picture.setRGB(at % width, at / width, colour);
    }
    try {
      ImageIO.write(picture, "png", file.toFile());
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write " + file + ": " + failure, failure);
    }
  }
}
