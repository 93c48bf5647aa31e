// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.List;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.MaskingRois;

/** Does an image that is not cut, from its table or label image to its result. */
public final class ImageTask<M extends Serializable, V extends Serializable> {
  private final ObjectTask<M, V> task;

  public ImageTask(ObjectTask<M, V> task) {
    this.task = task;
  }

  public TaskResult<V> run(OpenedImage image, TileGrid tiles) {
    LabelBatch labels = image.hasObjects() ? labels(image) : LabelBatch.EMPTY;
    Tile<M> tile = new Tile<>(tiles, 0, labels, LabelBatch.EMPTY, List.of());
    return image.counted(task.run(image, tile));
  }

  private static LabelBatch labels(OpenedImage image) {
    MaskingRois rois = image.table().orElseGet(() -> ScanTask.all(image));
    return new TakenObjects(image.objects(), rois).batch();
  }
}
