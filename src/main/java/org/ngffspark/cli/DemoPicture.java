// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ngffspark.crops.PngFormat;
import org.ngffspark.crops.PngFormat.Samples;
import org.ngffspark.image.Image;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.store.StoreException;

/** A picture of the first three channels of an image, as blue, green and red. */
final class DemoPicture {
  // Of 16-bit pixels: the camera's offset is black, bright nuclei are white.
  private static final double BLACK = 150;
  private static final double WHITE = 4000;
  private static final int CHANNELS = 3;
  private static final double MAX = 255;

  private DemoPicture() {}

  /**
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  static Path write(Image image, Path file) {
    Patch pixels = image.read();
    int height = pixels.length(AxisName.Y);
    int width = pixels.length(AxisName.X);
    int plane = height * width;
    byte[] samples = new byte[plane * CHANNELS];
    for (int i = 0; i < samples.length; i++) {
      int channel = CHANNELS - 1 - i % CHANNELS;
      double value = pixels.value((long) channel * plane + i / CHANNELS);
      double shown = Math.sqrt(Math.max(0, Math.min(1, (value - BLACK) / (WHITE - BLACK))));
      samples[i] = (byte) (shown * MAX);
    }
    try {
      return Files.write(file, PngFormat.encode(width, height, Samples.RGB_8, samples));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "Cannot write " + file + ": " + StoreException.reason(failure), failure);
    }
  }
}
