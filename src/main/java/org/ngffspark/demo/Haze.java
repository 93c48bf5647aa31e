// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.List;

/** Light from above and below the focal plane: a wide glow around the nuclei, on a coarse grid. */
final class Haze {
  private static final int STEP = 32;
  private static final double SIGMA = 75;
  private static final int REACH = (int) (3 * SIGMA / STEP);

  private final int rows;
  private final int columns;
  private final float[] glow;

  Haze(int height, int width, List<Cell> cells) {
    this.rows = height / STEP + 2;
    this.columns = width / STEP + 2;
    this.glow = new float[rows * columns];
    cells.forEach(this::add);
  }

  private void add(Cell cell) {
    int row = (int) cell.y() / STEP;
    int column = (int) cell.x() / STEP;
    double strength = cell.radius() * cell.radius() / 484.0;
    for (int r = Math.max(0, row - REACH); r <= Math.min(rows - 1, row + REACH); r++) {
      for (int c = Math.max(0, column - REACH); c <= Math.min(columns - 1, column + REACH); c++) {
        double dy = r * STEP - cell.y();
        double dx = c * STEP - cell.x();
        glow[r * columns + c] +=
            (float) (strength * Math.exp(-0.5 * (dy * dy + dx * dx) / (SIGMA * SIGMA)));
      }
    }
  }

  /** One row of the image: {@code target} takes the glow from column {@code left} on. */
  void row(int y, int left, float[] target) {
    float wy = (y % STEP) / (float) STEP;
    int base = y / STEP * columns;
    for (int i = 0; i < target.length; i++) {
      int x = left + i;
      float wx = (x % STEP) / (float) STEP;
      int at = base + x / STEP;
      float upper = (1 - wx) * glow[at] + wx * glow[at + 1];
      float lower = (1 - wx) * glow[at + columns] + wx * glow[at + columns + 1];
      target[i] = (1 - wy) * upper + wy * lower;
    }
  }
}
