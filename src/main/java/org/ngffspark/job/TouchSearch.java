// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.BoxMerge;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.plan.TouchedChunks;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;

/** Finds what the boxes of an image's objects touch, and how often tasks read it. */
final class TouchSearch {
  private final OpenedImage image;
  private final TileGrid tiles;
  private final List<StoredUnits> levels;
  private final StoredUnits level;

  TouchSearch(OpenedImage image, TileGrid tiles) {
    this.image = image;
    this.tiles = tiles;
    this.levels = image.levels().stream().map(ImageLevel::array).map(StoredUnits::of).toList();
    this.level = levels.get(image.level().level());
  }

  /** Tasks that do pixels. */
  int tiles() {
    return tiles.count();
  }

  /** Where tasks take all pixels. */
  TouchedUnits whole() {
    Box all = Box.whole(image.level().shape());
    long units = level.array().writeUnits().count();
    return new TouchedUnits(
        all.shape().elements(),
        List.of(all),
        units,
        level.bytes(),
        0,
        0,
        0,
        levels,
        image.level().level(),
        tiles.count());
  }

  /**
   * Where tasks take objects.
   *
   * @param task that they do
   * @param labels the label image; nothing is counted of it where tasks hold it already
   */
  TouchedUnits of(TakenObjects objects, ObjectTask<?, ?> task, Collection<StoredUnits> labels) {
    PixelGrid grid = image.masked().reader().grid();
    Collection<TileLabels> byTile = objects.byTile(tiles, grid, task.crossing()).values();
    List<LabelBatch> inTiles = byTile.stream().map(tile -> merged(List.of(tile))).toList();
    List<LabelBatch> crossing = byTile.stream().map(TileLabels::crossing).toList();
    LabelBatch all = merged(byTile);
    List<GridPosition> touched = units(all);
    long bytes = level.bytes(touched);
    // Tiles that send each other results write their own units alone; others read whole objects.
    boolean isSent = task.sender().isPresent();
    long again = isSent ? bytes(crossing) : bytes(inTiles) - bytes;
    List<LabelBatch> looks = isSent ? new ArrayList<>(crossing) : new ArrayList<>(inTiles);
    if (isSent) {
      byTile.forEach(tile -> looks.add(tile.inner()));
    }
    long labelBytes = 0;
    long labelUnits = 0;
    for (StoredUnits each : labels) {
      for (LabelBatch look : looks) {
        List<GridPosition> units = units(look, each);
        labelBytes += each.bytes(units);
        labelUnits += units.size();
      }
    }
    return new TouchedUnits(
        pixels(all),
        boxes(touched),
        touched.size(),
        bytes,
        again,
        labelBytes,
        labelUnits,
        levels,
        image.level().level(),
        tiles.count());
  }

  private static LabelBatch merged(Collection<TileLabels> tiles) {
    List<LabelBatch> parts = new ArrayList<>();
    for (TileLabels tile : tiles) {
      parts.add(tile.inner());
      parts.add(tile.crossing());
    }
    return LabelBatch.merge(parts);
  }

  private long bytes(List<LabelBatch> reads) {
    return reads.stream().mapToLong(read -> level.bytes(units(read))).sum();
  }

  /** Write units of the level that objects touch in the channels that are taken. */
  private List<GridPosition> units(LabelBatch labels) {
    TouchedChunks touched = new TouchedChunks(level.array().writeUnits());
    for (int i = 0; i < labels.size(); i++) {
      parts(box(labels, i, image.masked().reader().grid())).forEach(touched::add);
    }
    return touched.positions();
  }

  /** Write units of the label image that objects touch. */
  private List<GridPosition> units(LabelBatch labels, StoredUnits ids) {
    TouchedChunks touched = new TouchedChunks(ids.array().writeUnits());
    for (int i = 0; i < labels.size(); i++) {
      touched.add(box(labels, i, image.label().grid()));
    }
    return touched.positions();
  }

  private long pixels(LabelBatch labels) {
    long pixels = 0;
    for (int i = 0; i < labels.size(); i++) {
      for (Box part : parts(box(labels, i, image.masked().reader().grid()))) {
        pixels += part.isEmpty() ? 0 : part.shape().elements();
      }
    }
    return pixels;
  }

  private Box box(LabelBatch labels, int index, PixelGrid grid) {
    PixelGrid pixels = image.masked().reader().grid();
    return labels.roi(index).grow(image.objects().growth(), pixels.pixelSize()).toBox(grid);
  }

  /** A box in the channels that are taken, neighbours together. */
  private List<Box> parts(Box box) {
    if (!image.level().axes().has(AxisName.C)) {
      return List.of(box);
    }
    int axis = image.level().axes().index(AxisName.C).getAsInt();
    List<Box> parts = new ArrayList<>();
    for (int channel : image.masked().reader().channels()) {
      parts.add(box.with(axis, channel, channel + 1L));
    }
    return BoxMerge.merge(parts);
  }

  private List<Box> boxes(List<GridPosition> units) {
    ChunkGrid grid = level.array().writeUnits();
    return BoxMerge.merge(units.stream().map(grid::box).toList());
  }
}
