// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PointTreeTest {
  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void nearestAndCountsAreThoseOfAllPairs() {
    for (int round = 0; round < 60; round++) {
      int count = 1 + random.nextInt(80);
      // Few different places, so that many are equally near.
      int places = 1 + random.nextInt(12);
      double[][] points = new double[count][3];
      for (double[] point : points) {
        for (int axis = 0; axis < 3; axis++) {
          point[axis] = random.nextInt(places);
        }
      }
      double distance = 0.5 + random.nextInt(4);
      PointTree tree = PointTree.of(points);
      for (int i = 0; i < count; i++) {
        String what = "seed %d, round %d, point %d".formatted(seed, round, i);
        assertThat(tree.nearestOf(i)).as(what).isEqualTo(slowNearest(tree, i, count));
        assertThat(tree.countWithin(i, distance))
            .as(what)
            .isEqualTo(slowCount(tree, i, count, distance));
      }
    }
  }

  private static int slowNearest(PointTree tree, int point, int count) {
    int best = -1;
    for (int other = 0; other < count; other++) {
      if (other != point
          && (best < 0 || tree.squaredDistance(point, other) < tree.squaredDistance(point, best))) {
        best = other;
      }
    }
    return best;
  }

  private static int slowCount(PointTree tree, int point, int count, double distance) {
    int found = 0;
    for (int other = 0; other < count; other++) {
      boolean near = tree.squaredDistance(point, other) <= distance * distance;
      found += other != point && near ? 1 : 0;
    }
    return found;
  }
}
