// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.measure.PointHull.Facet;
import org.ngffspark.measure.PointHull.Point;

/**
 * The convex image of a mask of several planes: the voxels whose centre lies in or on the convex
 * hull of the midpoints of the faces of all voxels. In doubled coordinates all of these are whole
 * numbers. A flat mask has one too, where scikit-image gives up.
 */
final class ConvexVolume {
  // Doubled coordinates must stay below 2^19.
  private static final int LONGEST = 1 << 17;

  private final int depth;
  private final int height;
  // Of each row the first voxel and the last; a row without any has its last before its first.
  private final int[] first;
  private final int[] last;

  private ConvexVolume(int depth, int height) {
    this.depth = depth;
    this.height = height;
    this.first = new int[Math.toIntExact((long) depth * height)];
    this.last = new int[first.length];
  }

  /**
   * @throws IllegalArgumentException if the mask is longer than 131,072 voxels along an axis
   */
  static ConvexVolume of(ObjectMask mask) {
    if (Math.max(mask.depth(), Math.max(mask.height(), mask.width())) > LONGEST) {
      throw new IllegalArgumentException(
          "The convex hull of an object in 3D is limited to "
              + LONGEST
              + " pixels along each axis, got "
              + mask.depth()
              + " x "
              + mask.height()
              + " x "
              + mask.width());
    }
    ConvexVolume image = new ConvexVolume(mask.depth(), mask.height());
    image.fill(PointHull.of(faceMidpoints(mask)).facets(), mask.width());
    return image;
  }

  private static List<Point> faceMidpoints(ObjectMask mask) {
    HullPlanes planes = new HullPlanes(mask.depth(), mask.height());
    mask.forEachRun(
        (z, y, x, length) -> {
          long from = 2L * x;
          long to = 2L * (x + length - 1L);
          planes.add(2 * z - 1, 2 * y, from, to);
          planes.add(2 * z + 1, 2 * y, from, to);
          planes.add(2 * z, 2 * y - 1, from, to);
          planes.add(2 * z, 2 * y + 1, from, to);
          planes.add(2 * z, 2 * y, from - 1, to + 1);
        });
    return planes.corners();
  }

  private void fill(List<Facet> facets, int width) {
    for (int z = 0; z < depth; z++) {
      for (int y = 0; y < height; y++) {
        int row = z * height + y;
        first[row] = 0;
        last[row] = width - 1;
        for (Facet facet : facets) {
          cut(row, facet, z, y);
        }
      }
    }
  }

  /** Leaves the voxels of a row that lie on the inner side of a facet. */
  private void cut(int row, Facet facet, int z, int y) {
    long slope = 2 * facet.normal().x();
    long rest = facet.offset() - 2L * z * facet.normal().z() - 2L * y * facet.normal().y();
    if (slope > 0) {
      last[row] = (int) Math.min(last[row], Math.max(-1, Math.floorDiv(rest, slope)));
    } else if (slope < 0) {
      long from = -Math.floorDiv(rest, -slope);
      first[row] = (int) Math.max(first[row], Math.min(Integer.MAX_VALUE, from));
    } else if (rest < 0) {
      last[row] = -1;
    }
  }

  /** Number of voxels. */
  long pixels() {
    long pixels = 0;
    for (int row = 0; row < first.length; row++) {
      pixels += Math.max(0, last[row] - first[row] + 1L);
    }
    return pixels;
  }

  /**
   * The largest distance between two midpoints between a voxel inside and its neighbour outside,
   * the points of the surface at level 0.5.
   *
   * @param spacing lengths of a voxel
   */
  double feretDiameter(Spacing spacing) {
    List<Point> corners = new ArrayList<>(PointHull.of(contour()).corners());
    double largest = 0;
    for (int i = 0; i < corners.size(); i++) {
      for (int j = 0; j < i; j++) {
        Point step = corners.get(i).minus(corners.get(j));
        double z = step.z() / 2.0 * spacing.z();
        double y = step.y() / 2.0 * spacing.y();
        double x = step.x() / 2.0 * spacing.x();
        largest = Math.max(largest, z * z + y * y + x * x);
      }
    }
    return Math.sqrt(largest);
  }

  private List<Point> contour() {
    HullPlanes planes = new HullPlanes(depth, height);
    for (int z = 0; z < depth; z++) {
      for (int y = 0; y < height; y++) {
        int row = z * height + y;
        if (first[row] <= last[row]) {
          planes.add(2 * z, 2 * y, 2L * first[row] - 1, 2L * last[row] + 1);
          addStep(planes, row, z, y, z - 1, y);
          addStep(planes, row, z, y, z + 1, y);
          addStep(planes, row, z, y, z, y - 1);
          addStep(planes, row, z, y, z, y + 1);
        }
      }
    }
    return planes.corners();
  }

  /** Midpoints to a neighbouring row: of those voxels that the other row lacks. */
  private void addStep(HullPlanes planes, int row, int z, int y, int otherZ, int otherY) {
    boolean inside = otherZ >= 0 && otherZ < depth && otherY >= 0 && otherY < height;
    int other = otherZ * height + otherY;
    int planeZ = z + otherZ;
    int planeY = y + otherY;
    if (!inside || first[other] > last[other]) {
      planes.add(planeZ, planeY, 2L * first[row], 2L * last[row]);
      return;
    }
    if (first[row] < first[other]) {
      planes.add(planeZ, planeY, 2L * first[row], 2L * Math.min(last[row], first[other] - 1));
    }
    if (last[row] > last[other]) {
      planes.add(planeZ, planeY, 2L * Math.max(first[row], last[other] + 1), 2L * last[row]);
    }
  }
}
