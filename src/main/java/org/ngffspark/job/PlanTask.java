// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.UnusableRegion;
import org.ngffspark.zarr.ZarrArray;

/** Looks at an image before any of its pixels is read. */
public final class PlanTask {
  private static final String STALE =
      "the label image was changed after the table of their regions was made of it";

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
    Optional<MaskingRois> found = image.hasObjects() ? image.table() : Optional.empty();
    boolean isOlder = found.filter(rois -> isOlder(image, rois)).isPresent();
    boolean isNamed = image.hasObjects() && image.objects().table() instanceof TableChoice.Named;
    Optional<MaskingRois> table = found.filter(rois -> isNamed || !isOlder);
    Optional<TakenObjects> taken = table.map(rois -> new TakenObjects(image.objects(), rois));
    List<UnusableRegion> unusable = taken.map(TakenObjects::unusable).orElse(List.of());
    ZarrArray array = image.level().array();
    OptionalInt channels = image.level().axes().index(AxisName.C);
    return new ImagePlan(
        regions(image, table.isPresent()),
        taken.map(TakenObjects::count).orElse(0L),
        array.writeUnits(),
        channels.isPresent() ? Set.of(channels.getAsInt()) : Set.of(),
        task.bytesPerUnit(image),
        unusable.isEmpty() ? List.of() : task.withoutRegion(unusable),
        taken
            .filter(objects -> isOlder)
            .map(objects -> Map.of(STALE, objects.count()))
            .orElse(Map.of()),
        image.metadata(),
        isOlder && !isNamed ? List.of(remark(image)) : List.of(),
        task.makesLabels() ? IdsInUse.of(image, found) : IdsInUse.NONE);
  }

  /** Whether the label image was changed since the table was made of it. */
  private static boolean isOlder(OpenedImage image, MaskingRois rois) {
    String name = image.objects().labelName();
    return rois.fingerprint()
        .filter(made -> !made.equals(image.container().label(name).fingerprint()))
        .isPresent();
  }

  private static String remark(OpenedImage image) {
    return "the masking ROI table of label image '"
        + image.objects().labelName()
        + "' is older than that, so boxes are taken from the label image; rois --overwrite makes"
        + " the table anew";
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
