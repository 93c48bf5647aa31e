// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.roi.Downsampling;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * What of one pyramid level has to be made anew when parts of the finer level have changed.
 *
 * @param regions by write unit of the coarser level, the boxes that derive from changed pixels, in
 *     pixels of the coarser level; boxes of one unit may overlap by a pixel
 */
public record PyramidPlan(SortedMap<GridPosition, List<Box>> regions) {

  /**
   * @param downsampling from the finer level to the coarser one
   * @param changed boxes of the finer level, in pixels
   * @param units write units of the coarser level
   */
  public static PyramidPlan of(Downsampling downsampling, List<Box> changed, ChunkGrid units) {
    SortedMap<GridPosition, List<Box>> regions = new TreeMap<>();
    for (Box source : BoxMerge.merge(changed)) {
      Box derived = downsampling.targetBox(source).intersect(Box.whole(units.array()));
      for (GridPosition unit : units.touching(derived)) {
        regions
            .computeIfAbsent(unit, key -> new ArrayList<>())
            .add(derived.intersect(units.box(unit)));
      }
    }
    regions.replaceAll((unit, boxes) -> BoxMerge.merge(boxes));
    return new PyramidPlan(regions);
  }

  /** All boxes that derive from changed pixels. */
  public List<Box> changed() {
    return regions.values().stream().flatMap(List::stream).toList();
  }
}
