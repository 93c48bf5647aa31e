// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.LabelBoxScan;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.CrossingTask.Crossed;
import org.ngffspark.job.TileTask.Scope;
import org.ngffspark.plan.Assignment;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.Fragment;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.plan.TileSize;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * The tasks of one image, each opened anew where it runs. Damaged data ({@link
 * org.ngffspark.zarr.store.FormatException}) and a transform that throws ({@link TransformFailure})
 * fail again; other errors, such as a failing disk, may pass when tried again.
 */
public final class ImageTasks {
  // Source and new content of a chunk, and half of that again: pixels that wait to be pasted, or,
  // later, the coarser levels.
  private static final double COPIES = 2.5;
  // Below this a shuffle costs more than the second core saves.
  private static final long WORTH_SPLITTING = 64L << 20;

  private final OpenedImage image;
  private final ChunkPool pool;

  private ImageTasks(OpenedImage image, ChunkPool pool) {
    this.image = image;
    this.pool = pool;
  }

  /**
   * @throws org.ngffspark.zarr.store.FormatException if the image is damaged
   * @throws IllegalArgumentException if it has not what the run asks for
   */
  public static ImageTasks open(ImageRef ref, TransformSpec spec, ChunkPool pool) {
    return new ImageTasks(OpenedImage.open(ref, spec), pool);
  }

  /** A plan for tasks that look through the label image, whatever tables there are. */
  public ImagePlan scanPlan() {
    ChunkGrid units = image.label().array().writeUnits();
    return new ImagePlan(
        image.ref(), ImagePlan.Regions.LABEL_IMAGE, 0, TileGrid.single(units), units, 0);
  }

  /** How the image is cut into tasks. */
  public ImagePlan plan(TaskLimits limits) {
    ZarrArray array = image.level().array();
    long bytesPerUnit = bytesPerUnit(array);
    boolean small = array.writeUnits().count() <= WORTH_SPLITTING / bytesPerUnit;
    int wanted = Math.max(small ? 1 : limits.tilesPerImage(), limits.forcedTiles());
    OptionalInt channels = image.level().axes().index(AxisName.C);
    Set<Integer> whole = channels.isPresent() ? Set.of(channels.getAsInt()) : Set.of();
    TileGrid tiles =
        new TileSize(bytesPerUnit, limits.memoryPerTask(), wanted)
            .choose(array.writeUnits(), whole);
    Optional<MaskingRois> table = image.table();
    long objects = table.map(this::count).orElse(0L);
    return new ImagePlan(
        image.ref(),
        table.isPresent() ? ImagePlan.Regions.TABLE : ImagePlan.Regions.LABEL_IMAGE,
        objects,
        tiles,
        image.label().array().writeUnits(),
        bytesPerUnit * tiles.block().elements());
  }

  private long bytesPerUnit(ZarrArray array) {
    ZarrArray labels = image.label().array();
    double pixels = array.writeUnits().chunk().elements();
    double labelPixels = pixels * labels.shape().elements() / Math.max(1, array.shape().elements());
    // Tiles span all channels, of which a task holds those of one pass.
    double held = pixels * array.type().bytes() * COPIES / image.passes().size();
    return (long) Math.max(1, held + labelPixels * labels.type().bytes());
  }

  private long count(MaskingRois rois) {
    requireNamed(rois);
    long count = 0;
    for (int i = 0; i < rois.size(); i++) {
      count += image.spec().labels().contains(rois.label(i)) ? 1 : 0;
    }
    return count;
  }

  /** What a run would do with the image. Reads the label image if there is no table. */
  public ImageForecast forecast(TaskLimits limits) {
    ImagePlan plan = plan(limits);
    MaskingRois rois =
        image
            .table()
            .orElseGet(
                () -> {
                  try (TaskChunks labels = labelChunks(inputs())) {
                    return scan(labels);
                  }
                });
    return new Forecast(image).of(plan, assign(plan.tiles(), rois));
  }

  /** Does the whole image in one task, its pyramid included. */
  public TaskResult wholeImage(StagedOutput output) {
    ReadTrace inputs = inputs();
    UnitStage stage = new UnitStage(output);
    try (TaskChunks labels = labelChunks(inputs)) {
      LabelBatch all = batch(image.table().orElseGet(() -> scan(labels)));
      TaskResult result =
          new TileTask(image, pool, inputs, stage, labels).run(all, List.of(), Scope.WHOLE_IMAGE);
      long copied = 0;
      for (ImageLevel level : image.levels()) {
        List<GridPosition> units = level.array().writeUnits().all();
        copied += stage.copyOthers(level.level(), level.array(), units, inputs);
      }
      WorkCount reads = WorkCount.reads(copied, labels.reads());
      return finished(result, stage.units(), inputs, reads);
    }
  }

  /** Which tile computes which of the labels of the table. */
  public SortedMap<Integer, TileLabels> assign(TileGrid tiles) {
    return assign(
        tiles,
        image
            .table()
            .orElseThrow(
                () -> new IllegalStateException(image.ref() + " has no table of regions")));
  }

  /** Which tile computes which of these labels. */
  public SortedMap<Integer, TileLabels> assign(TileGrid tiles, MaskingRois rois) {
    requireNamed(rois);
    Assignment assignment = new Assignment(tiles);
    double zoom = image.spec().zoom();
    for (int i = 0; i < rois.size(); i++) {
      if (image.spec().labels().contains(rois.label(i))) {
        Roi roi = rois.roiAt(i);
        assignment.add(rois.label(i), roi, roi.zoom(zoom).toBox(image.level().grid()));
      }
    }
    return assignment.byTile();
  }

  /**
   * What was found in a part of the label image.
   *
   * @param result what was read
   */
  public record Scanned(LabelBoxes boxes, TaskResult result) implements Serializable {}

  /**
   * The boxes of the objects in a part of the label image.
   *
   * @param units positions in the grid of its write units
   */
  public Scanned scan(List<GridPosition> units) {
    ReadTrace inputs = inputs();
    LabelBoxScan scan = new LabelBoxScan(image.label().grid());
    ZarrArray array = image.label().array();
    long reads = 0;
    for (GridPosition unit : units) {
      try (TaskChunks labels = labelChunks(inputs)) {
        scan(scan, labels, array.chunks().touching(array.writeUnits().box(unit)));
        reads += labels.reads();
      }
    }
    WorkCount work = WorkCount.reads(0, reads);
    return new Scanned(scan.boxes(), finished(TaskResult.NOTHING, List.of(), inputs, work));
  }

  /**
   * Write units of a level.
   *
   * @param level number of the level
   */
  public ChunkGrid units(int level) {
    return image.levels().get(level).array().writeUnits();
  }

  /** Number of levels of what is transformed. */
  public int levels() {
    return image.levels().size();
  }

  /** Number of the transformed level. */
  public int level() {
    return image.level().level();
  }

  /**
   * The box of the finer level that boxes of a coarser one are made from, in pixels.
   *
   * @param step 0 for the level after the transformed one
   */
  public Box needed(int step, List<Box> boxes) {
    return image.steps().get(step).needed(boxes);
  }

  /** Transforms labels whose boxes lie in several tiles. */
  public Crossed cross(TileGrid tiles, LabelBatch crossing) {
    ReadTrace inputs = inputs();
    try (TaskChunks labels = labelChunks(inputs)) {
      Crossed crossed = new CrossingTask(image, pool, inputs, labels, tiles).run(crossing);
      return new Crossed(
          crossed.fragments(),
          finished(crossed.result(), List.of(), inputs, WorkCount.reads(0, labels.reads())));
    }
  }

  /**
   * Writes one tile of several; the pyramid follows when all are done.
   *
   * @param fragments of crossing labels that this tile writes, in any order
   */
  public TaskResult tile(
      TileGrid tiles,
      int tile,
      LabelBatch inner,
      List<FragmentBatch> fragments,
      StagedOutput output) {
    ReadTrace inputs = inputs();
    UnitStage stage = new UnitStage(output);
    List<Fragment> ascending = new ArrayList<>();
    fragments.forEach(batch -> ascending.addAll(batch.fragments()));
    ascending.sort(Comparator.comparingLong(Fragment::label));
    try (TaskChunks labels = labelChunks(inputs)) {
      TaskResult result =
          new TileTask(image, pool, inputs, stage, labels).run(inner, ascending, Scope.PART);
      long copied =
          stage.copyOthers(
              image.level().level(), image.level().array(), tiles.unitsOf(tile), inputs);
      WorkCount reads = WorkCount.reads(copied, labels.reads());
      return finished(result, stage.units(), inputs, reads);
    }
  }

  /** Number of coarser levels that follow the transformed one. */
  public int steps() {
    return image.steps().size();
  }

  /**
   * What has to be made anew in a coarser level.
   *
   * @param step 0 for the level after the transformed one
   * @param changed boxes of the finer level, in pixels
   * @return boxes of the coarser level by write unit
   */
  public Map<GridPosition, List<Box>> derived(int step, List<Box> changed) {
    return PyramidTask.derived(image.steps().get(step), changed);
  }

  /**
   * Makes write units of a coarser level.
   *
   * @param step 0 for the level after the transformed one
   * @param units boxes to make, by write unit of the coarser level
   * @param finer staged write units of the finer level that they are made from
   */
  public TaskResult pyramid(
      int step, Map<GridPosition, List<Box>> units, List<WrittenUnit> finer, StagedOutput output) {
    ReadTrace inputs = inputs();
    UnitStage stage = new UnitStage(output);
    PyramidStep rule = image.steps().get(step);
    int level = image.level().level() + step;
    ZarrArray after = staged(rule.source(), finer, output.stage());
    try (TaskChunks source = new TaskChunks(after, pool, inputs)) {
      long old = new PyramidTask(pool, inputs, stage).makeUnits(rule, level + 1, units, source);
      TaskResult result =
          new TaskResult(
              List.of(),
              units.values().stream().flatMap(List::stream).toList(),
              List.of(),
              List.of(),
              WorkCount.NONE);
      return finished(result, stage.units(), inputs, WorkCount.reads(source.reads() + old, 0));
    }
  }

  /** An array as it will be after the commit. */
  private static ZarrArray staged(ZarrArray array, List<WrittenUnit> units, Stage stage) {
    Map<String, StagedUnit> byKey = new HashMap<>();
    units.forEach(unit -> byKey.put(array.key(unit.unit()), unit.staged()));
    StorePath path = array.path();
    Store store = new StagedStore(path.store(), stage, byKey);
    return ZarrArray.at(new StorePath(store, path.path()), array.metadata());
  }

  /**
   * Copies the write units of a level that did not change, if the target needs all.
   *
   * @param level number of the level
   * @param candidates write units of the level that were not staged
   */
  public TaskResult copy(int level, List<GridPosition> candidates, StagedOutput output) {
    UnitStage stage = new UnitStage(output);
    ReadTrace inputs = inputs();
    long copied = stage.copyOthers(level, image.levels().get(level).array(), candidates, inputs);
    return finished(TaskResult.NOTHING, stage.units(), inputs, WorkCount.reads(copied, 0));
  }

  private ReadTrace inputs() {
    return new ReadTrace(image.container().path());
  }

  private TaskChunks labelChunks(ReadTrace inputs) {
    return new TaskChunks(image.label().array(), pool, inputs);
  }

  private TaskResult finished(
      TaskResult result, List<WrittenUnit> units, ReadTrace inputs, WorkCount reads) {
    WorkCount io =
        WorkCount.written(units, image.level().level())
            .plus(reads)
            .plus(WorkCount.bytesRead(image.bytesRead()));
    return result.plus(
        new TaskResult(List.copyOf(units), List.of(), inputs.states(), List.of(), io));
  }

  /** An id that was asked for by itself and is not there is a mistake, not an empty selection. */
  private void requireNamed(MaskingRois rois) {
    image.spec().labels().named().forEach(rois::roi);
  }

  private LabelBatch batch(MaskingRois rois) {
    requireNamed(rois);
    LabelBatch.Builder builder = new LabelBatch.Builder();
    for (int i = 0; i < rois.size(); i++) {
      if (image.spec().labels().contains(rois.label(i))) {
        builder.add(rois.label(i), rois.roiAt(i));
      }
    }
    return builder.build();
  }

  private LabelBoxes scan(TaskChunks labels) {
    LabelBoxScan scan = new LabelBoxScan(image.label().grid());
    scan(scan, labels, labels.array().chunks().all());
    return scan.boxes();
  }

  private static void scan(LabelBoxScan scan, TaskChunks labels, List<GridPosition> chunks) {
    ZarrArray array = labels.array();
    chunks.forEach(chunk -> scan.add(array, chunk, labels.chunk(array, chunk)));
  }
}
