// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The regions of a layer of pixels at the border of a tile, behind which the image goes on.
 *
 * @param axis across which it goes on: 0 is z, 1 is y, 2 is x
 * @param cut index in the image of the first pixel behind the border
 * @param side where the tile lies
 * @param row first index on the first of the other two axes
 * @param column first index on the second of the other two axes
 * @param columns length along the second of the other two axes
 * @param regions of the pixels, in C order
 */
record RegionFace(int axis, int cut, Side side, int row, int column, int columns, int[] regions)
    implements Serializable {

  /** On which side of a border a tile lies. */
  enum Side {
    BEFORE,
    BEHIND
  }

  /** The layers of one tile. */
  static List<RegionFace> of(ImageBox place, int[] labels) {
    List<RegionFace> faces = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      Volume volume = place.volume();
      int end = (volume.length(axis) - 1) * volume.step(axis);
      if (place.start(axis) > 0) {
        faces.add(of(place, labels, axis, Side.BEHIND, 0));
      }
      if (place.stop(axis) < place.imageLength(axis)) {
        faces.add(of(place, labels, axis, Side.BEFORE, end));
      }
    }
    return faces;
  }

  private static RegionFace of(ImageBox place, int[] labels, int axis, Side side, int offset) {
    Volume volume = place.volume();
    int[] regions = new int[volume.size() / volume.length(axis)];
    int[] count = {0};
    volume.forEachLine(axis, pixel -> regions[count[0]++] = labels[pixel + offset]);
    int second = axis == 2 ? 1 : 2;
    return new RegionFace(
        axis,
        side == Side.BEHIND ? place.start(axis) : place.stop(axis),
        side,
        place.start(axis == 0 ? 1 : 0),
        place.start(second),
        volume.length(second),
        regions);
  }

  int rows() {
    return regions.length / columns;
  }

  /** Whether the other layer lies on the other side of the same border, and not far away. */
  boolean faces(RegionFace other, int reach) {
    return side == Side.BEFORE
        && other.side == Side.BEHIND
        && axis == other.axis
        && cut == other.cut
        && row <= other.row + other.rows() + reach
        && other.row <= row + rows() + reach
        && column <= other.column + other.columns + reach
        && other.column <= column + columns + reach;
  }

  /** The region at a place of the image; 0 outside the layer. */
  int at(int imageRow, int imageColumn) {
    int r = imageRow - row;
    int c = imageColumn - column;
    boolean inside = r >= 0 && r < rows() && c >= 0 && c < columns;
    return inside ? regions[r * columns + c] : 0;
  }
}
