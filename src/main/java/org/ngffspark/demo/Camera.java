// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Turns light into counts: illumination, offset, shot noise and read noise. */
final class Camera {
  private static final int OFFSET = 100;
  private static final double READ_VARIANCE = 9;
  private static final double GAIN = 0.5;
  private static final double VIGNETTE = 0.16;
  private static final int TABLE = 1 << 14;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final CellParameters parameters;
  private final Haze haze;
  private final float[] gaussian = new float[TABLE];

  Camera(CellParameters parameters, Haze haze, SplittableRandom random) {
    this.parameters = parameters;
    this.haze = haze;
    for (int i = 0; i < TABLE; i++) {
      gaussian[i] = (float) random.nextGaussian();
    }
  }

  /**
   * Takes a picture.
   *
   * @param light of the tile {@code canvas} covers, on top of the background
   * @param background light that is everywhere
   * @param glow strength of the haze
   * @param noise seed of the noise: another one for each channel
   */
  NdArray expose(Canvas canvas, float[] light, double background, double glow, long noise) {
    NdArray image = NdArray.zeros(DataType.UINT16, Shape.of(canvas.height, canvas.width));
    ByteBuffer counts = image.buffer();
    float[] hazeRow = new float[canvas.width];
    for (int row = 0; row < canvas.height; row++) {
      int y = canvas.top + row;
      haze.row(y, canvas.left, hazeRow);
      double fromTop = fromCentre(y, parameters.fieldHeight());
      for (int column = 0; column < canvas.width; column++) {
        int pixel = row * canvas.width + column;
        double fromLeft = fromCentre(canvas.left + column, parameters.fieldWidth());
        double illumination = 1 - VIGNETTE * (fromTop + fromLeft);
        double signal = illumination * (background + glow * hazeRow[column] + light[pixel]);
        double spread = Math.sqrt(READ_VARIANCE + GAIN * signal);
        double value = OFFSET + signal + spread * noiseAt(noise, y, canvas.left + column);
        counts.putShort(2 * pixel, (short) Math.max(0, Math.min(65535, (int) (value + 0.5))));
      }
    }
    return image;
  }

  /** Square of the distance from the middle of the field of view, 1 at its border. */
  private static double fromCentre(int place, int length) {
    double relative = 2 * (place % length + 0.5) / length - 1;
    return relative * relative;
  }

  private float noiseAt(long seed, int y, int x) {
    long z = seed + ((long) y * parameters.width() + x) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return gaussian[(int) (z >>> 50)];
  }
}
