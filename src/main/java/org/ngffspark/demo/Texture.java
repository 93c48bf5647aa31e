// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.SplittableRandom;

/** Smooth noise on a torus: mean 0, standard deviation 1, three octaves. */
final class Texture {
  private static final int SIZE = 256;
  private static final int MASK = SIZE - 1;

  private final float[] values = new float[SIZE * SIZE];

  Texture(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int radius = 1; radius <= 4; radius *= 2) {
      float[] octave = new float[SIZE * SIZE];
      for (int i = 0; i < octave.length; i++) {
        octave[i] = (float) random.nextGaussian();
      }
      for (int pass = 0; pass < 3; pass++) {
        octave = blurred(blurred(octave, radius, 1), radius, SIZE);
      }
      standardize(octave);
      for (int i = 0; i < octave.length; i++) {
        values[i] += octave[i];
      }
    }
    standardize(values);
  }

  /** The value at a place of the torus, linear between the grid's points. */
  float at(double y, double x) {
    int y0 = (int) Math.floor(y);
    int x0 = (int) Math.floor(x);
    float wy = (float) (y - y0);
    float wx = (float) (x - x0);
    float top = (1 - wx) * grid(y0, x0) + wx * grid(y0, x0 + 1);
    float bottom = (1 - wx) * grid(y0 + 1, x0) + wx * grid(y0 + 1, x0 + 1);
    return (1 - wy) * top + wy * bottom;
  }

  private float grid(int y, int x) {
    return values[(y & MASK) * SIZE + (x & MASK)];
  }

  private static float[] blurred(float[] source, int radius, int step) {
    float[] target = new float[source.length];
    for (int i = 0; i < source.length; i++) {
      int along = (i / step) & MASK;
      float sum = 0;
      for (int offset = -radius; offset <= radius; offset++) {
        sum += source[i + (((along + offset) & MASK) - along) * step];
      }
      target[i] = sum;
    }
    return target;
  }

  private static void standardize(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    double deviation = Math.sqrt(squares / values.length - mean * mean);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean) / deviation);
    }
  }
}
