// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which pixels are neighbours. */
public enum Connectivity {
  /** Those that share an edge in 2D (4), a face in 3D (6); scipy's default. */
  FACES,
  /** All that touch: 8 in 2D, 26 in 3D. */
  FULL;

  /** The name on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Steps to the neighbours along z, y and x that come before a pixel in C order. */
  List<int[]> before() {
    List<int[]> steps = new ArrayList<>();
    for (int z = -1; z <= 0; z++) {
      for (int y = -1; y <= 1; y++) {
        for (int x = -1; x <= 1; x++) {
          boolean isBefore = z < 0 || y < 0 || y == 0 && x < 0;
          int distance = Math.abs(z) + Math.abs(y) + Math.abs(x);
          if (isBefore && !(z == 0 && y > 0) && (this == FULL || distance == 1)) {
            steps.add(new int[] {z, y, x});
          }
        }
      }
    }
    return steps;
  }
}
