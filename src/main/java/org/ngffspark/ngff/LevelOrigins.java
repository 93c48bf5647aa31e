// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.nd.Box;

/** Says of levels that are cut out of an image where they lie in the world. */
public final class LevelOrigins {
  private LevelOrigins() {}

  /**
   * Moves each level by the pixels before it.
   *
   * @param ome the fields of OME-NGFF of an image or label image; its first {@code multiscales} is
   *     changed
   * @param boxes what is left of each level, finest first, in pixels of the level, axes as on disk
   */
  public static void move(ObjectNode ome, List<Box> boxes) {
    JsonView multiscale =
        new JsonView("the new metadata", "", ome).require("multiscales").someElements().get(0);
    MultiscaleForm form = MultiscaleForm.of(multiscale);
    List<JsonView> datasets = multiscale.require(MultiscaleParser.DATASETS).elements();
    for (int level = 0; level < boxes.size(); level++) {
      JsonView entry = datasets.get(level);
      Box box = boxes.get(level);
      Transformation before = form.level(entry, box.rank(), new Problems());
      List<Double> translation = new ArrayList<>();
      for (int axis = 0; axis < box.rank(); axis++) {
        double moved = box.start(axis) * before.scale().get(axis);
        translation.add(before.translation().get(axis) + moved);
      }
      String path = entry.require(MultiscaleForm.PATH).text();
      form.putLevel((ObjectNode) entry.node(), new Dataset(path, before.scale(), translation));
    }
  }
}
