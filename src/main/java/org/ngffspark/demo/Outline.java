// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.SplittableRandom;

/** A smooth star-shaped outline: a circle with three harmonics. */
final class Outline {
  private final double radius;
  private final double[] cosine = new double[3];
  private final double[] sine = new double[3];

  /**
   * @param strengths amplitudes of the second, third and fourth harmonic, relative to the radius
   */
  Outline(double radius, SplittableRandom random, double... strengths) {
    this.radius = radius;
    for (int harmonic = 0; harmonic < 3; harmonic++) {
      double amplitude = strengths[harmonic] * (0.4 + 0.6 * random.nextDouble());
      double phase = 2 * Math.PI * random.nextDouble();
      cosine[harmonic] = amplitude * Math.cos(phase);
      sine[harmonic] = amplitude * Math.sin(phase);
    }
  }

  double radius() {
    return radius;
  }

  /** Distance from the centre in units of the outline: below 1 inside, above outside. */
  double ratio(double dy, double dx) {
    double distance = Math.sqrt(dy * dy + dx * dx);
    if (distance < 1e-9) {
      return 0;
    }
    double c1 = dx / distance;
    double s1 = dy / distance;
    double c2 = c1 * c1 - s1 * s1;
    double s2 = 2 * c1 * s1;
    double c3 = c2 * c1 - s2 * s1;
    double s3 = s2 * c1 + c2 * s1;
    double c4 = c2 * c2 - s2 * s2;
    double s4 = 2 * c2 * s2;
    double edge =
        1
            + cosine[0] * c2
            + sine[0] * s2
            + cosine[1] * c3
            + sine[1] * s3
            + cosine[2] * c4
            + sine[2] * s4;
    return distance / (radius * edge);
  }
}
