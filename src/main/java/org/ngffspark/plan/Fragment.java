// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.image.Mask;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * The part of a transformed patch, with its mask, that falls into one write unit.
 *
 * @param label id of the object
 * @param unit the write unit
 * @param box where the fragment lies, in pixels of the level; inside the unit
 * @param mask the pixels to write, over the shape of {@code box}
 * @param pixels the masked pixels one after the other, in C order; one axis
 */
public record Fragment(long label, GridPosition unit, Box box, Mask mask, NdArray pixels) {

  /**
   * Cuts a patch along the borders of write units. Each unit that the patch touches gets a
   * fragment, an empty one where the mask has no pixel in it: which units are written follows from
   * the boxes alone, however the image is cut into tiles.
   *
   * @param place where the patch lies, in pixels of the level
   * @param mask the pixels to write, over the shape of the patch
   */
  public static List<Fragment> cut(
      long label, Box place, Mask mask, NdArray patch, ChunkGrid units) {
    List<Fragment> fragments = new ArrayList<>();
    for (GridPosition unit : units.touching(place)) {
      Box box = place.intersect(units.fullBox(unit));
      Box inPatch = box.relativeTo(place);
      Mask part = mask.cut(inPatch);
      NdArray pixels = NdArray.zeros(patch.type(), Shape.of(part.count()));
      part.pack(patch.cut(inPatch), pixels.bytes(), 0);
      fragments.add(new Fragment(label, unit, box, part, pixels));
    }
    return fragments;
  }

  /** The pixels at their place in a box-shaped array; outside the mask it is 0. */
  public NdArray unpack() {
    NdArray array = NdArray.zeros(pixels.type(), box.shape());
    mask.unpack(pixels.bytes(), 0, array, Box.whole(box.shape()));
    return array;
  }
}
