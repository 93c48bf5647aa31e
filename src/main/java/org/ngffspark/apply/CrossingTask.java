// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.apply.ImagePasses.Pass;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.Sent;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.Fragment;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;

/** Transforms labels whose boxes lie in several tiles, and cuts them into fragments. */
final class CrossingTask {
  private final ImagePasses passes;
  private final TileGrid tiles;
  private final SortedMap<Integer, List<Fragment>> fragments = new TreeMap<>();

  CrossingTask(ImagePasses passes, TileGrid tiles) {
    this.passes = passes;
    this.tiles = tiles;
  }

  /** The fragments by the tile that writes them; no unit is written here. */
  Sent<FragmentBatch, Box> run(LabelBatch crossing) {
    ObjectMasks masks = new ObjectMasks(crossing, passes);
    try (TransformedObjects objects = new TransformedObjects(passes)) {
      passes.all().forEach(pass -> run(pass, masks, objects));
      SortedMap<Integer, FragmentBatch> batches = new TreeMap<>();
      fragments.forEach((tile, parts) -> batches.put(tile, FragmentBatch.of(parts)));
      WorkCount work =
          WorkCount.objects(crossing.size(), objects.pixels(), objects.notes().counts());
      return new Sent<>(
          batches, TaskResult.<Box>of(List.of(), work).withSkipped(objects.skipped()));
    }
  }

  private void run(Pass pass, ObjectMasks masks, TransformedObjects objects) {
    OpenedImage image = passes.image();
    ChunkGrid units = image.level().array().writeUnits();
    try (TaskChunks source = image.chunks(image.level().array())) {
      objects.transform(
          masks,
          pass.readers(),
          TaskChunks.both(source, image.labelChunks()),
          (label, place, written, pixels) ->
              Fragment.cut(label, place, written, pixels, units).forEach(this::keep));
    }
  }

  private void keep(Fragment part) {
    fragments.computeIfAbsent(tiles.tileOf(part.unit()), key -> new ArrayList<>()).add(part);
  }
}
