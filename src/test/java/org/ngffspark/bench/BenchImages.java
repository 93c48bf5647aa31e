// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Seeded stand-ins for a field of view: a 12-bit camera image of bright, round nuclei over noise,
 * and the label image of the same nuclei.
 */
public final class BenchImages {
  private static final int BACKGROUND = 110;
  private static final double NOISE = 6;
  private static final int MAX_VALUE = 4095;

  private final int height;
  private final int width;
  private final int[] labels;
  private final float[] light;
  private final SplittableRandom random;

  private BenchImages(int height, int width, long seed) {
    this.height = height;
    this.width = width;
    this.labels = new int[height * width];
    this.light = new float[height * width];
    this.random = new SplittableRandom(seed);
    drawNuclei();
  }

  /** One nucleus of 30 to 60 pixels for each 7,000 pixels. */
  public static BenchImages of(int height, int width, long seed) {
    return new BenchImages(height, width, seed);
  }

  private void drawNuclei() {
    int count = height * width / 7000;
    for (int label = 1; label <= count; label++) {
      drawNucleus(label, random.nextInt(height), random.nextInt(width));
    }
  }

  private void drawNucleus(int label, int centreY, int centreX) {
    int radiusY = random.nextInt(15, 31);
    int radiusX = random.nextInt(15, 31);
    double peak = random.nextDouble(300, 1800);
    for (int y = Math.max(0, centreY - radiusY); y < Math.min(height, centreY + radiusY); y++) {
      for (int x = Math.max(0, centreX - radiusX); x < Math.min(width, centreX + radiusX); x++) {
        double dy = (y - centreY) / (double) radiusY;
        double dx = (x - centreX) / (double) radiusX;
        double inside = 1 - dy * dy - dx * dx;
        if (inside > 0) {
          labels[y * width + x] = label;
          light[y * width + x] = (float) (peak * Math.sqrt(inside));
        }
      }
    }
  }

  /** The camera image, {@code uint16[height, width]}. */
  public NdArray image() {
    byte[] bytes = new byte[2 * labels.length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    for (float value : light) {
      double noisy = BACKGROUND + value + NOISE * random.nextGaussian(0, 1 + value / 500);
      buffer.putShort((short) Math.max(0, Math.min(MAX_VALUE, Math.rint(noisy))));
    }
    return NdArray.wrap(DataType.UINT16, Shape.of(height, width), bytes);
  }

  /** The label image, {@code uint32[height, width]}. */
  public NdArray labels() {
    byte[] bytes = new byte[4 * labels.length];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asIntBuffer().put(labels);
    return NdArray.wrap(DataType.UINT32, Shape.of(height, width), bytes);
  }
}
