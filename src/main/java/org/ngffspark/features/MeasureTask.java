// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.LabelBoxScan;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.Masked;
import org.ngffspark.image.Masking;
import org.ngffspark.job.Existing;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.StoredUnits;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.UnitMemory;
import org.ngffspark.job.WorkCount;
import org.ngffspark.measure.FeatureFailure;
import org.ngffspark.measure.FeatureRows;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.measure.ImageMeasurement;
import org.ngffspark.measure.ObjectPieces;
import org.ngffspark.measure.ObjectWatcher;
import org.ngffspark.measure.TileFeatures;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.plan.TouchedChunks;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * Measures each object of a label image and writes a feature table. Objects are found in the label
 * image itself, whatever tables there are. Tiles measure what lies in them; parts of objects that
 * reach their borders are put together when all tiles are done.
 *
 * @param labelName label image that holds the objects
 * @param pixels the level and the channels that are measured
 * @param features what is measured
 * @param labels the objects whose rows are written
 * @param table name of the table
 * @param backend how it is written
 * @param existing what happens to a table of that name that is there already
 * @param export where the table goes besides
 */
public record MeasureTask(
    String labelName,
    PixelTarget.OfImage pixels,
    FeatureSet features,
    LabelSelection labels,
    String table,
    WritableBackend backend,
    Existing existing,
    FeatureExport export)
    implements ObjectTask<Nothing, Measured> {

  /**
   * @throws IllegalArgumentException if the table's name is none, or features do not go together
   */
  public MeasureTask {
    NodeName.checked(table);
    features.neighbourhood();
  }

  @Override
  public ImageTarget<Measured> target(ImageRef image) {
    return new FeatureTarget(image, this);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("label image", labelName, "table", table);
  }

  @Override
  public void check(OpenedImage image) {
    measurement(image);
  }

  /** What is measured of an image. */
  ImageMeasurement measurement(OpenedImage image) {
    return new ImageMeasurement(masked(image), features);
  }

  /** The same, watched. */
  ImageMeasurement measurement(OpenedImage image, ObjectWatcher watcher) {
    return new ImageMeasurement(masked(image), features, watcher);
  }

  /** Indices of the channels that are measured, if any are; 0 in an image without channels. */
  int[] channels(OpenedImage image) {
    return masked(image).reader().channels();
  }

  private Masked masked(OpenedImage image) {
    Masked masked = image.container().maskedImage(Masking.by(labelName), pixels.level());
    return pixels.channels().isEmpty()
        ? masked
        : masked.channels(ChannelSelection.named(pixels.channels()));
  }

  /** A task holds the values inside masks, and one chunk at a time. */
  @Override
  public long bytesPerUnit(OpenedImage image) {
    return UnitMemory.of(image).bytes(1);
  }

  @Override
  public boolean findsObjects() {
    return true;
  }

  /** The label image, and the pixels of all places in which an object may lie. */
  @Override
  public long bytesRead(OpenedImage image, TouchedUnits touched) {
    Masked masked = masked(image);
    StoredUnits labels = StoredUnits.of(masked.label().array());
    LabelBoxes regions = masked.label().regions(labels.notEmpty());
    ZarrArray level = image.level().array();
    TouchedChunks places = new TouchedChunks(level.writeUnits());
    OptionalInt axis = image.level().axes().index(AxisName.C);
    for (int i = 0; i < regions.size(); i++) {
      Box box = masked.reader().region(regions.roiAt(i), Growth.by(1));
      for (int channel : masked.reader().channels()) {
        places.add(axis.isEmpty() ? box : box.with(axis.getAsInt(), channel, channel + 1L));
      }
    }
    return labels.bytes() + touched.levels().get(touched.level()).bytes(places.positions());
  }

  /** Whether an object has to be measured: all count for what is said of neighbours. */
  boolean isMeasured(long label) {
    return labels.contains(label) || !features.neighbourhood().isEmpty();
  }

  @Override
  public TaskResult<Measured> run(OpenedImage image, Tile<Nothing> tile) {
    SampledObjects samples = new SampledObjects(this, image);
    TaskResult<Measured> measured = run(image, tile, measurement(image, samples));
    samples.take();
    return measured;
  }

  private TaskResult<Measured> run(
      OpenedImage image, Tile<Nothing> tile, ImageMeasurement measurement) {
    if (!measurement.isPixelByPixel()) {
      return tile.isWholeImage()
          ? rows(objects(image, measurement), measurement)
          : boxes(image, tile);
    }
    try (PassingChunks chunks = new PassingChunks(image)) {
      if (tile.isWholeImage()) {
        FeatureRows rows = measurement.whole(chunks, (time, label) -> isMeasured(label));
        return rows(rows, measurement);
      }
      TileFeatures found =
          measurement.tile(
              tile.tiles().box(tile.index()),
              tile.tiles().count(),
              chunks,
              (time, label) -> isMeasured(label));
      List<Measured> values = new ArrayList<>(parts(found.pieces()));
      values.add(new Measured.Rows(found.rows()));
      return skipped(TaskResult.of(values, work(found.rows(), measurement)), found.rows());
    } catch (FeatureFailure failure) {
      throw new ObjectFailure(failure.label(), failure.getMessage(), failure);
    }
  }

  private static List<Measured> parts(SortedMap<Integer, ObjectPieces> pieces) {
    List<Measured> parts = new ArrayList<>();
    pieces.forEach((place, each) -> parts.add(new Measured.Parts(place, each)));
    return parts;
  }

  static TaskResult<Measured> rows(FeatureRows rows, ImageMeasurement measurement) {
    return skipped(TaskResult.of(List.of(new Measured.Rows(rows)), work(rows, measurement)), rows);
  }

  private static TaskResult<Measured> skipped(TaskResult<Measured> result, FeatureRows rows) {
    return result.withSkipped(
        rows.skipped().stream()
            .map(object -> new SkippedObject(object.label(), object.reason()))
            .toList());
  }

  /** Counts objects, and says once what could not be measured. */
  static WorkCount work(FeatureRows rows, ImageMeasurement measurement) {
    List<String> missing = measurement.measurement().undefined();
    Map<String, Long> notes =
        missing.isEmpty()
            ? Map.of()
            : Map.of("pixels are not square, so " + missing + " are missing", (long) rows.size());
    return WorkCount.objects(rows.size(), 0, notes);
  }

  private FeatureRows objects(OpenedImage image, ImageMeasurement measurement) {
    Masked masked = masked(image);
    LabelBoxes boxes = boxes(image, masked, masked.label().array().writeUnits().all());
    return ResampledObjects.of(this, boxes).rows(image, measurement);
  }

  /** A label image of another resolution is looked through by all tiles together. */
  private TaskResult<Measured> boxes(OpenedImage image, Tile<Nothing> tile) {
    Masked masked = masked(image);
    List<GridPosition> own = new ArrayList<>();
    List<GridPosition> all = masked.label().array().writeUnits().all();
    for (int unit = tile.index(); unit < all.size(); unit += tile.tiles().count()) {
      own.add(all.get(unit));
    }
    LabelBoxes boxes = boxes(image, masked, own);
    return TaskResult.of(List.of(new Measured.Boxes(boxes)), WorkCount.NONE);
  }

  private static LabelBoxes boxes(OpenedImage image, Masked masked, List<GridPosition> units) {
    ZarrArray array = masked.label().array();
    LabelBoxScan scan = new LabelBoxScan(masked.label().grid());
    try (PassingChunks chunks = new PassingChunks(image)) {
      for (GridPosition unit : units) {
        for (GridPosition chunk : array.chunks().touching(array.writeUnits().box(unit))) {
          scan.add(array, chunk, chunks.chunk(array, chunk));
        }
      }
    }
    return scan.boxes();
  }

  /** The columns of the table, of the objects whose rows are written. */
  @Override
  public SampledFeatures features(OpenedImage image, TaskResult<Measured> all, SampleSizes sizes) {
    return TableFeatures.of(FeatureTarget.table(this, image, all.values()), sizes);
  }

  @Override
  public List<FollowUp<Measured>> followUps(
      OpenedImage image, int round, TaskResult<Measured> soFar) {
    return new MeasureRounds(this, image).round(round, soFar.values());
  }
}
