// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.SplittableRandom;

/** How one cell looks: outlines, brightness, texture, spots. All of it follows from its seed. */
final class CellLook {
  private static final int MOST_SPOTS = 16;

  /** A spot that the microscope cannot resolve: place in pixels, peak, width in pixels. */
  record Spot(double y, double x, double peak, double sigma) {}

  final Cell cell;
  final Outline nucleus;
  final Outline body;
  final double chromatin;
  final double cytoplasm;
  final double originY;
  final double originX;
  final double cosine;
  final double sine;
  final Spot[] foci;
  final Spot[] puncta;

  CellLook(Cell cell) {
    this.cell = cell;
    SplittableRandom random = new SplittableRandom(cell.seed());
    this.nucleus = new Outline(cell.radius(), random, 0.15, 0.05, 0.03);
    this.body =
        new Outline(cell.radius() * (1.55 + 0.5 * random.nextDouble()), random, 0.24, 0.15, 0.1);
    this.chromatin = 900 * Math.exp(0.35 * random.nextGaussian());
    this.cytoplasm = (random.nextInt(6) == 0 ? 60 : 450) * Math.exp(0.5 * random.nextGaussian());
    this.originY = 256 * random.nextDouble();
    this.originX = 256 * random.nextDouble();
    double angle = 2 * Math.PI * random.nextDouble();
    this.cosine = Math.cos(angle);
    this.sine = Math.sin(angle);
    this.foci = spots(random, 3 + random.nextInt(6), 0.7 * cell.radius(), 0.35 * chromatin, 2.2);
    this.puncta = spots(random, random.nextInt(MOST_SPOTS), 0.75 * body.radius(), 700, 1.3);
  }

  private Spot[] spots(
      SplittableRandom random, int count, double reach, double peak, double sigma) {
    Spot[] spots = new Spot[count];
    for (int i = 0; i < count; i++) {
      double distance = reach * Math.sqrt(random.nextDouble());
      double angle = 2 * Math.PI * random.nextDouble();
      spots[i] =
          new Spot(
              cell.y() + distance * Math.sin(angle),
              cell.x() + distance * Math.cos(angle),
              peak * (0.3 + 1.4 * random.nextDouble()),
              sigma * (0.8 + 0.5 * random.nextDouble()));
    }
    return spots;
  }
}
