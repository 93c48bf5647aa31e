// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.ngffspark.chunks.LevelWriter;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.image.LabelBoxScan;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.Mask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.SampledLabels;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.pyramid.CoarserLevels;
import org.ngffspark.pyramid.NextLevel;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Paints ids into a new label image and stages its write units. Holds the chunks that it has
 * painted. Not safe for several threads.
 */
final class LabelPainter implements AutoCloseable {
  private final OpenedImage image;
  private final NewLabel label;
  private final TaskChunks empty;
  private final LevelWriter writer;
  private final UnitStage stage;
  private final SampledLabels samples;
  private final List<LabelBoxes> boxes = new ArrayList<>();
  private long pixels;

  /**
   * @param chunks of the pixels in which the objects were found, held until they are painted
   */
  LabelPainter(OpenedImage image, SegmentTask task, TaskChunks chunks) {
    this(image, NewLabel.of(image, task.label()), task.channel(image), chunks);
  }

  private LabelPainter(OpenedImage image, NewLabel label, int channel, TaskChunks chunks) {
    this.image = image;
    this.label = label;
    this.empty = new TaskChunks(label.array(), image.pool(), new LongAdder());
    this.writer = new LevelWriter(empty, image.pool());
    this.stage = image.stage();
    this.samples =
        SampledLabels.of(
            image, label.label(), new SampledLabels.Pixels(image.level(), channel, chunks));
    // Nothing is read from a label image that is new.
    writer.endReading();
  }

  /**
   * Paints ids where the mask is.
   *
   * @param place in pixels of the label image
   * @param ids of type uint32
   */
  void paint(Box place, Mask mask, NdArray ids) {
    writer.paste(place, mask, ids);
    pixels += mask.count();
  }

  /** Stages what is painted. */
  TaskResult<Found> finish() {
    List<Box> changed = new ArrayList<>();
    for (GridPosition unit : writer.units()) {
      stage(unit);
      changed.addAll(writer.changedBoxes(unit));
      writer.drop(unit);
    }
    return result(changed);
  }

  /** Stages what is painted, and the coarser levels that follow from it. */
  TaskResult<Found> finishWithPyramid() {
    if (label.steps().isEmpty() || writer.units().isEmpty()) {
      return finish();
    }
    CoarserLevels coarser = new CoarserLevels(image, stage, label.steps());
    try (NextLevel next = coarser.begin(writer.changedBoxes())) {
      for (GridPosition unit : writer.units()) {
        stage(unit);
        if (next.add(writer.changedChunks(unit), writer.after())) {
          writer.drop(unit);
        }
      }
      coarser.finish(next, writer.after());
    }
    return result(List.of());
  }

  private void stage(GridPosition unit) {
    LabelBoxScan scan = new LabelBoxScan(label.label().grid());
    for (GridPosition chunk : writer.changedChunks(unit)) {
      scan.add(label.array(), chunk, Optional.of(writer.chunk(chunk)));
    }
    LabelBoxes found = scan.boxes();
    samples.take(found, writer.after());
    boxes.add(found);
    stage.write(0, writer, unit);
  }

  private TaskResult<Found> result(List<Box> changed) {
    LabelBoxes all =
        boxes.isEmpty() ? new LabelBoxScan(label.label().grid()).boxes() : LabelBoxes.merge(boxes);
    Found written = new Found.Written(all, changed);
    return TaskResult.of(List.of(written), WorkCount.objects(0, pixels, Map.of()))
        .withUnits(stage.units());
  }

  @Override
  public void close() {
    writer.close();
    empty.close();
  }
}
