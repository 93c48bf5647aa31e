// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.measure.PointHull.Point;

/**
 * Points in planes of doubled z, of which only corners of the plane's own hull can be corners of
 * the hull in space: that leaves few of many.
 */
final class HullPlanes {
  private final RowHull[] planes;

  /**
   * @param depth planes of the image
   * @param height rows of the image
   */
  HullPlanes(int depth, int height) {
    this.planes = new RowHull[2 * depth + 1];
    for (int plane = 0; plane < planes.length; plane++) {
      planes[plane] = new RowHull(2 * height + 1);
    }
  }

  /** Adds two points of a row, in doubled coordinates; planes and rows begin at -1. */
  void add(int z, int y, long firstX, long lastX) {
    planes[z + 1].add(y + 1, firstX);
    planes[z + 1].add(y + 1, lastX);
  }

  /** What can be a corner of the hull in space. */
  List<Point> corners() {
    List<Point> points = new ArrayList<>();
    for (int plane = 0; plane < planes.length; plane++) {
      addSide(points, plane - 1L, planes[plane].left(), 1);
      addSide(points, plane - 1L, planes[plane].right(), -1);
    }
    return points;
  }

  private static void addSide(List<Point> points, long z, RowHull.Side side, int sign) {
    for (int corner = 0; corner < side.corners(); corner++) {
      points.add(new Point(z, side.row(corner) - 1L, sign * side.x(corner)));
    }
  }
}
