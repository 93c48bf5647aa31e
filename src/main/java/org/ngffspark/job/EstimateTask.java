// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import java.util.Map;
import org.ngffspark.image.Label;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.MaskingRois;

/** Tells from the plan of an image what it would take; reads no pixel. */
public final class EstimateTask {
  private final ObjectTask<?, ?> task;
  private final TaskLimits limits;

  public EstimateTask(ObjectTask<?, ?> task, TaskLimits limits) {
    this.task = task;
    this.limits = limits;
  }

  /**
   * @param image not planned yet
   * @throws IllegalArgumentException if the image has not what the run asks for
   */
  public Estimate run(OpenedImage image) {
    ImagePlan plan = new PlanTask(task).run(image);
    TileGrid tiles = plan.tiles(limits);
    boolean isScanned = plan.regions() instanceof Regions.LabelImage;
    TouchedUnits touched = touched(image, plan, new TouchSearch(image, tiles));
    return new Estimate(
        1,
        plan.objects(),
        isScanned || task.findsObjects() ? 1 : 0,
        image.hasObjects() ? touched.pixels() * image.level().type().bytes() : 0,
        task.bytesRead(image, touched),
        task.bytesWritten(image, touched),
        tiles.count(),
        plan.bytesPerUnit() * tiles.block().elements(),
        task.chunkReads(image),
        isInBucket(image) ? task.requests(image, touched) : RequestCount.NONE,
        Map.of());
  }

  private static boolean isInBucket(OpenedImage image) {
    return image.ref().open().store().conditions().isPresent();
  }

  private TouchedUnits touched(OpenedImage image, ImagePlan plan, TouchSearch search) {
    if (!image.hasObjects()) {
      return search.whole();
    }
    StoredUnits labels = StoredUnits.of(image.label().array());
    if (plan.regions() instanceof Regions.Table) {
      MaskingRois rois = image.table().orElseThrow();
      return search.of(new TakenObjects(image.objects(), rois), task, List.of(labels));
    }
    // One task for the whole image holds the label image that it has looked through.
    boolean isHeld = search.tiles() == 1;
    return search
        .of(anywhere(image, labels), task, isHeld ? List.of() : List.of(labels))
        .plusLabels(labels);
  }

  /** An object for each write unit of the label image in which there may be one. */
  private static TakenObjects anywhere(OpenedImage image, StoredUnits labels) {
    Label label = image.label();
    return new TakenObjects(
        image.objects().only(LabelSelection.all()), label.regions(labels.notEmpty()));
  }
}
