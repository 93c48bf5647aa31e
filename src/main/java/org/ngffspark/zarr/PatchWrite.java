// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Writes a patch into the chunks of one write unit.
 *
 * @param box the patch's place in the array
 */
record PatchWrite(UnitFormat format, Box box, NdArray patch) {

  /**
   * @param part of the box that lies in the unit
   */
  void apply(UnitUpdate update, Box part) {
    for (GridPosition chunk : format.chunks().touching(part)) {
      if (format.chunks().fullBox(chunk).equals(box)) {
        update.replace(chunk, patch);
      } else {
        paste(update, chunk);
      }
      update.seal(chunk);
    }
  }

  private void paste(UnitUpdate update, GridPosition chunk) {
    Box full = format.chunks().fullBox(chunk);
    Box covered = full.intersect(box);
    NdArray content;
    if (covered.equals(full)) {
      content = update.rawChunk(chunk);
    } else if (covered.equals(format.chunks().box(chunk))) {
      content = update.emptyChunk(chunk);
    } else {
      content = update.chunk(chunk);
    }
    content.paste(patch, covered.relativeTo(box), covered.relativeTo(full));
  }
}
