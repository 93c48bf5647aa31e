// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.zarr.ZarrArray;

/** Looks at an image before any of its pixels is read. */
public final class PlanTask {
  private final ObjectTask<?, ?> task;

  public PlanTask(ObjectTask<?, ?> task) {
    this.task = task;
  }

  /**
   * @param image not planned yet
   * @throws IllegalArgumentException if the image has not what the run asks for
   */
  public ImagePlan run(OpenedImage image) {
    task.check(image);
    Optional<MaskingRois> table = image.hasObjects() ? image.table() : Optional.empty();
    long objects = table.map(rois -> new TakenObjects(image.objects(), rois).count()).orElse(0L);
    ZarrArray array = image.level().array();
    OptionalInt channels = image.level().axes().index(AxisName.C);
    return new ImagePlan(
        regions(image, table.isPresent()),
        objects,
        array.writeUnits(),
        channels.isPresent() ? Set.of(channels.getAsInt()) : Set.of(),
        task.bytesPerUnit(image),
        image.metadata());
  }

  private static Regions regions(OpenedImage image, boolean hasTable) {
    if (!image.hasObjects()) {
      return new Regions.None();
    }
    return hasTable
        ? new Regions.Table()
        : new Regions.LabelImage(image.label().array().writeUnits());
  }
}
