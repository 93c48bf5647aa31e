// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.plan.Fragment;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.zarr.nd.ChunkGrid;

/** Transforms labels whose boxes lie in several tiles, and cuts them into fragments. */
public final class CrossingTask {

  /**
   * What became of the labels.
   *
   * @param fragments by the tile that writes them
   * @param result what was read, skipped and counted; no unit is written here
   */
  public record Crossed(SortedMap<Integer, FragmentBatch> fragments, TaskResult result) {}

  private final OpenedImage image;
  private final ChunkPool pool;
  private final ReadTrace inputs;
  private final TaskChunks labels;
  private final TileGrid tiles;

  CrossingTask(
      OpenedImage image, ChunkPool pool, ReadTrace inputs, TaskChunks labels, TileGrid tiles) {
    this.image = image;
    this.pool = pool;
    this.inputs = inputs;
    this.labels = labels;
    this.tiles = tiles;
  }

  Crossed run(LabelBatch crossing) {
    SortedMap<Integer, List<Fragment>> fragments = new TreeMap<>();
    long chunksRead = 0;
    ObjectMasks masks = new ObjectMasks(crossing, image);
    try (ObjectPass objects = new ObjectPass(image)) {
      for (List<MaskedReader> readers : image.passes()) {
        try (TaskChunks source = new TaskChunks(image.level().array(), pool, inputs)) {
          runPass(readers, masks, objects, source, fragments);
          chunksRead += source.reads();
        }
      }
      WorkCount work = WorkCount.objects(crossing.size(), objects.pixels(), objects.notes());
      SortedMap<Integer, FragmentBatch> batches = new TreeMap<>();
      fragments.forEach((tile, parts) -> batches.put(tile, FragmentBatch.of(parts)));
      return new Crossed(
          batches,
          new TaskResult(
              List.of(),
              List.of(),
              List.of(),
              objects.skipped(),
              work.plus(WorkCount.reads(chunksRead, 0))));
    }
  }

  private void runPass(
      List<MaskedReader> readers,
      ObjectMasks masks,
      ObjectPass objects,
      TaskChunks source,
      SortedMap<Integer, List<Fragment>> fragments) {
    ChunkGrid units = image.level().array().writeUnits();
    for (int i = 0; i < masks.objects().size(); i++) {
      long label = masks.objects().label(i);
      objects.transform(
          masks,
          i,
          readers,
          TaskChunks.both(source, labels),
          (place, written, pixels) -> {
            for (Fragment part : Fragment.cut(label, place, written, pixels, units)) {
              fragments
                  .computeIfAbsent(tiles.tileOf(part.unit()), key -> new ArrayList<>())
                  .add(part);
            }
          });
    }
  }
}
