// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * Which objects lie in one chunk of the image each, so that it alone says what their values come
 * to. All others keep their values until all chunks were seen. Immutable.
 */
final class ObjectsByChunk {
  /** Index of a chunk on each axis. */
  private record Place(long t, long z, long y, long x) {}

  // A whole chunk from the first pixel on; axes t, z, y, x.
  private final Box chunk;
  private final boolean[] kept;
  private final Map<Place, List<Integer>> objects = new HashMap<>();

  private ObjectsByChunk(Box chunk, int objects) {
    this.chunk = chunk;
    this.kept = new boolean[objects];
  }

  /** All objects keep their values. */
  static ObjectsByChunk none(int objects) {
    long[] ones = new long[TileBox.axes()];
    Arrays.fill(ones, 1);
    ObjectsByChunk none = new ObjectsByChunk(Box.of(new long[ones.length], ones), objects);
    Arrays.fill(none.kept, true);
    return none;
  }

  /**
   * @param axes of the image
   * @param grid chunks of the image
   * @param needed whether the values of an object are needed themselves
   */
  static ObjectsByChunk of(ObjectParts parts, Axes axes, ChunkGrid grid, IntPredicate needed) {
    Box first = grid.fullBox(GridPosition.of(new long[axes.rank()]));
    ObjectsByChunk all = new ObjectsByChunk(TileBox.of(axes, first), parts.size());
    for (int object = 0; object < parts.size(); object++) {
      ObjectMask mask = parts.mask(object);
      Place place = all.place(parts.time(object), mask.z(), mask.y(), mask.x());
      all.kept[object] = needed.test(object) || !place.equals(all.end(parts.time(object), mask));
      if (!all.kept[object]) {
        all.objects.computeIfAbsent(place, none -> new ArrayList<>()).add(object);
      }
    }
    return all;
  }

  /** The chunk of the last pixel of an object's box. */
  private Place end(int time, ObjectMask mask) {
    return place(
        time,
        mask.z() + mask.depth() - 1L,
        mask.y() + mask.height() - 1L,
        mask.x() + mask.width() - 1L);
  }

  private Place place(long t, long z, long y, long x) {
    return new Place(
        t / chunk.length(TileBox.T),
        z / chunk.length(TileBox.Z),
        y / chunk.length(TileBox.Y),
        x / chunk.length(TileBox.X));
  }

  /** Whether the values of an object are kept. */
  boolean isKept(int object) {
    return kept[object];
  }

  /**
   * The objects that lie in a chunk and keep no values.
   *
   * @param place of the chunk in the image; axes t, z, y, x
   */
  List<Integer> in(Box place) {
    Place index =
        place(
            place.start(TileBox.T),
            place.start(TileBox.Z),
            place.start(TileBox.Y),
            place.start(TileBox.X));
    return objects.getOrDefault(index, List.of());
  }
}
