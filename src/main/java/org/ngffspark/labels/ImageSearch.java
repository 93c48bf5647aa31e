// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.WorkCount;
import org.ngffspark.labels.Search.InImage;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.segment.WholeSegmentation;
import org.ngffspark.segment.WholeSegmentation.Finding;
import org.ngffspark.segment.WholeSegmentation.Ids;
import org.ngffspark.segment.WholeSegmentation.Known;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/** Looks for objects in a whole image. */
final class ImageSearch {
  private final SegmentTask task;
  private final OpenedImage image;
  private final WholeSegmentation segmentation;

  ImageSearch(SegmentTask task, OpenedImage image) {
    this.task = task;
    this.image = image;
    this.segmentation = ((InImage) task.search()).in(image.level(), task.channel(image));
  }

  WholeSegmentation segmentation() {
    return segmentation;
  }

  TaskResult<Found> run(Tile<Nothing> tile) {
    Known nothing = segmentation.known(List.of());
    if (!tile.isWholeImage()) {
      return look(tile.tiles(), tile.index(), nothing);
    }
    List<Finding> findings = new ArrayList<>();
    Box all = tile.tiles().box(0);
    try (TaskChunks chunks = SegmentTask.chunks(image);
        LabelPainter painter = new LabelPainter(image, task, chunks)) {
      Known known = nothing;
      while (!segmentation.isDone(findings)) {
        known = segmentation.known(findings);
        findings.addAll(segmentation.look(0, all, chunks, known));
      }
      Ids ids = segmentation.ids(findings).get(0);
      paint(all, chunks, known, ids, painter);
      return painter.finishWithPyramid().plus(TaskResult.of(List.of(), counted(ids.objects())));
    }
  }

  /** What is said of an image once. */
  static WorkCount counted(long objects) {
    return WorkCount.objects(objects, 0, Map.of());
  }

  TaskResult<Found> look(TileGrid tiles, int tile, Known known) {
    try (TaskChunks chunks = SegmentTask.chunks(image)) {
      List<Finding> found = segmentation.look(tile, tiles.box(tile), chunks, known);
      return TaskResult.of(List.of(new Found.Looked(tiles, found)), WorkCount.NONE);
    }
  }

  TaskResult<Found> paint(TileGrid tiles, int tile, Known known, Ids ids) {
    try (TaskChunks chunks = SegmentTask.chunks(image);
        LabelPainter painter = new LabelPainter(image, task, chunks)) {
      paint(tiles.box(tile), chunks, known, ids, painter);
      return painter.finish();
    }
  }

  private void paint(Box box, TaskChunks chunks, Known known, Ids ids, LabelPainter painter) {
    requireHeld(ids.objects());
    Axes axes = image.level().axes().without(AxisName.C);
    segmentation.paint(
        box,
        chunks,
        known,
        ids,
        (place, numbers) -> {
          NdArray pixels = NdArray.zeros(DataType.UINT32, place.shape());
          NdArray inside = NdArray.zeros(DataType.UINT8, place.shape());
          Patch into = Patch.of(pixels, axes, image.level().pixelSize(), place);
          for (int pixel = 0; pixel < numbers.length; pixel++) {
            if (numbers[pixel] != 0) {
              into.setInteger(pixel, numbers[pixel]);
              inside.bytes()[pixel] = 1;
            }
          }
          Patch mask = Patch.of(inside, axes, image.level().pixelSize(), place);
          painter.paint(place, Mask.of(mask, 1, axes, place.shape()), pixels);
        });
  }

  private static void requireHeld(long objects) {
    if (objects > NewLabel.MOST) {
      throw new IllegalArgumentException(
          "%d objects are found, a label image of type uint32 holds %d"
              .formatted(objects, NewLabel.MOST));
    }
  }
}
