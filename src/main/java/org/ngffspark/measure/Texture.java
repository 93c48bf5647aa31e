// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;
import java.util.List;

/**
 * Haralick's texture of an object: from how often two gray levels are neighbours inside it, the
 * mean over all directions, as {@code mahotas.features.haralick(ignore_zeros=True,
 * return_mean=True)} and CellProfiler compute it. After R. M. Haralick, K. Shanmugam, I. Dinstein,
 * "Textural Features for Image Classification" (1973).
 */
final class Texture {
  /** Names of the features, in their order. */
  static final List<String> NAMES =
      List.of(
          "angular_second_moment",
          "contrast",
          "correlation",
          "variance",
          "inverse_difference_moment",
          "sum_average",
          "sum_variance",
          "sum_entropy",
          "entropy",
          "difference_variance",
          "difference_entropy",
          "information_correlation_1",
          "information_correlation_2");

  private static final int[][] PLANE = {{0, 0, 1}, {0, 1, 1}, {0, 1, 0}, {0, 1, -1}};
  private static final int[][] SPACE = {
    {1, 0, 0},
    {1, 1, 0},
    {0, 1, 0},
    {1, -1, 0},
    {0, 0, 1},
    {1, 0, 1},
    {0, 1, 1},
    {1, 1, 1},
    {1, -1, 1},
    {1, 0, -1},
    {0, 1, -1},
    {1, 1, -1},
    {1, -1, -1}
  };

  private Texture() {}

  /**
   * @return one value for each of {@link #NAMES}; all NaN if in some direction no two pixels above
   *     level 0 are neighbours
   */
  static double[] of(ObjectMask mask, ChannelValues values, GrayLevels grayLevels) {
    LevelGrid grid = LevelGrid.of(mask, values, grayLevels);
    int[][] directions = mask.dimensions() == ObjectMask.AXES ? SPACE : PLANE;
    double[] mean = new double[NAMES.size()];
    for (int[] direction : directions) {
      LevelPairs pairs = grid.pairs(direction, grayLevels.distance());
      if (pairs.isEmpty()) {
        Arrays.fill(mean, Double.NaN);
        return mean;
      }
      double[] features = pairs.features();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += features[i] / directions.length;
      }
    }
    return mean;
  }
}
