// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.KeyStatus;

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
    Optional<LabelBatch> objects =
        plan.regions() instanceof Regions.Table
            ? image.table().map(rois -> taken(image, rois))
            : Optional.empty();
    TouchedUnits touched = touched(image, objects);
    return new Estimate(
        1,
        plan.objects(),
        plan.regions() instanceof Regions.LabelImage ? 1 : 0,
        touched.bytes() + labelBytes(image, objects),
        task.bytesWritten(image, touched),
        tiles.count(),
        plan.bytesPerUnit() * tiles.block().elements(),
        Map.of());
  }

  private static LabelBatch taken(OpenedImage image, MaskingRois rois) {
    return new TakenObjects(image.objects(), rois).batch();
  }

  private TouchedUnits touched(OpenedImage image, Optional<LabelBatch> objects) {
    ImageLevel level = image.level();
    Map<String, KeyStatus> lengths = lengths(level.array());
    long all = sum(lengths, lengths.keySet());
    long others = 0;
    for (ImageLevel each : image.levels()) {
      Map<String, KeyStatus> its = each.level() == level.level() ? Map.of() : lengths(each.array());
      others += sum(its, its.keySet());
    }
    if (objects.isEmpty()) {
      return new TouchedUnits(level.shape().elements(), all, all, others);
    }
    Set<String> keys = new HashSet<>();
    long pixels = 0;
    LabelBatch labels = objects.get();
    int[] channels = image.masked().reader().channels();
    OptionalInt axis = level.axes().index(AxisName.C);
    for (int i = 0; i < labels.size(); i++) {
      Box box = grown(image, labels.roi(i)).toBox(image.masked().reader().grid());
      for (int channel : channels) {
        Box part = axis.isEmpty() ? box : box.with(axis.getAsInt(), channel, channel + 1L);
        pixels += part.isEmpty() ? 0 : part.shape().elements();
        level
            .array()
            .writeUnits()
            .touching(part)
            .forEach(unit -> keys.add(level.array().key(unit)));
      }
    }
    return new TouchedUnits(pixels, sum(lengths, keys), all, others);
  }

  private static Roi grown(OpenedImage image, Roi roi) {
    return roi.grow(image.objects().growth(), image.masked().reader().grid().pixelSize());
  }

  private static long labelBytes(OpenedImage image, Optional<LabelBatch> objects) {
    if (!image.hasObjects()) {
      return 0;
    }
    ZarrArray array = image.label().array();
    Map<String, KeyStatus> lengths = lengths(array);
    if (objects.isEmpty()) {
      return sum(lengths, lengths.keySet());
    }
    Set<String> keys = new HashSet<>();
    LabelBatch labels = objects.get();
    for (int i = 0; i < labels.size(); i++) {
      Box box = grown(image, labels.roi(i)).toBox(image.label().grid());
      array.writeUnits().touching(box).forEach(unit -> keys.add(array.key(unit)));
    }
    return sum(lengths, keys);
  }

  private static Map<String, KeyStatus> lengths(ZarrArray array) {
    Map<String, KeyStatus> lengths = array.path().store().statuses(array.path().path());
    lengths.keySet().removeIf(KnownMetadata::holds);
    return lengths;
  }

  private static long sum(Map<String, KeyStatus> lengths, Set<String> keys) {
    return keys.stream()
        .filter(lengths::containsKey)
        .mapToLong(key -> lengths.get(key).length())
        .sum();
  }
}
