// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.segment.WholeSegmentation.Finding;
import org.ngffspark.zarr.nd.Box;

/** What a task of a run that finds objects returns. */
public sealed interface Found extends Serializable {

  /**
   * How many objects lie in each parent of a tile.
   *
   * @param tiles how the image is cut
   * @param counts in the order of the parents
   */
  record Children(TileGrid tiles, LabelBatch parents, int[] counts) implements Found {}

  /**
   * A look at a tile of a whole image.
   *
   * @param tiles how the image is cut
   * @param findings of one tile
   */
  record Looked(TileGrid tiles, List<Finding> findings) implements Found {
    public Looked {
      findings = List.copyOf(findings);
    }
  }

  /**
   * New objects that are staged.
   *
   * @param boxes of what of them is staged here
   * @param changed boxes of the label image whose pixels are staged
   */
  record Written(LabelBoxes boxes, List<Box> changed) implements Found {
    public Written {
      changed = List.copyOf(changed);
    }
  }

  /** Those of one kind. */
  static <T extends Found> List<T> of(Class<T> kind, List<Found> all) {
    List<T> found = new ArrayList<>();
    for (Found each : all) {
      if (kind.isInstance(each)) {
        found.add(kind.cast(each));
      }
    }
    return found;
  }
}
