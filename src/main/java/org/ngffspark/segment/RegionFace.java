// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The regions of a layer of pixels at the border of a tile, behind which the image goes on, or of
 * the layer behind it.
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

  /**
   * The layers of pixels behind those of one tile, where the image goes on, with the pixels around
   * them that touch the tile at an edge or a corner. Axis, cut and side are those of the tile's own
   * layer.
   *
   * @param around what was looked at: the tile and at least one more pixel on each side where the
   *     image has one
   * @param labels of the pixels of {@code around}; 0 for regions that are not of the tile
   */
  static List<RegionFace> beyond(ImageBox tile, ImageBox around, int[] labels) {
    ImageBox touching = tile.grown(1);
    List<RegionFace> faces = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      if (touching.start(axis) < tile.start(axis)) {
        faces.add(beyond(touching, around, labels, axis, Side.BEHIND, tile.start(axis)));
      }
      if (touching.stop(axis) > tile.stop(axis)) {
        faces.add(beyond(touching, around, labels, axis, Side.BEFORE, tile.stop(axis)));
      }
    }
    return faces;
  }

  private static RegionFace beyond(
      ImageBox touching, ImageBox around, int[] labels, int axis, Side side, int cut) {
    int[] start = {touching.z(), touching.y(), touching.x()};
    int[] stop = {touching.stop(0), touching.stop(1), touching.stop(2)};
    start[axis] = side == Side.BEFORE ? cut : cut - 1;
    stop[axis] = start[axis] + 1;
    ImageBox layer = touching.within(start, stop);
    int[] regions = new int[layer.volume().size()];
    for (int pixel = 0; pixel < regions.length; pixel++) {
      regions[pixel] = labels[around.pixel(layer.index(pixel))];
    }
    int first = axis == 0 ? 1 : 0;
    int second = axis == 2 ? 1 : 2;
    int columns = layer.volume().length(second);
    return new RegionFace(axis, cut, side, start[first], start[second], columns, regions);
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
