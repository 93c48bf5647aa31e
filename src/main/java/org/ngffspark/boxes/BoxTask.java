// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.boxes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.WorkCount;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.samples.RegionFeatures;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.table.WritableBackend;

/**
 * Finds the boxes of objects of a label image, at its finest level, in one pass over its chunks,
 * and writes them as a masking ROI table. A run finds the boxes before it assigns objects to tiles;
 * a tile returns those that it was given.
 *
 * @param labelName label image that holds the objects
 * @param labels which of them the table holds
 * @param table name of the table
 * @param backend how it is written
 * @param existing what happens to a table of that name that is there already
 */
public record BoxTask(
    String labelName,
    LabelSelection labels,
    String table,
    WritableBackend backend,
    Existing existing)
    implements ObjectTask<Nothing, LabelBatch> {

  /**
   * @throws IllegalArgumentException if the table's name is none
   */
  public BoxTask {
    NodeName.checked(table);
  }

  @Override
  public PixelTarget pixels() {
    return new PixelTarget.OfLabel(labelName, 0);
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return Optional.of(ObjectChoice.all(labelName, new TableChoice.LabelImage()).only(labels));
  }

  @Override
  public boolean showsMasks() {
    return true;
  }

  @Override
  public ImageTarget<LabelBatch> target(ImageRef image) {
    return new MaskingTable(image, this);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("label image", labelName);
  }

  /** The label image is looked through, and nothing else is read. */
  @Override
  public long bytesRead(OpenedImage image, TouchedUnits touched) {
    return touched.levelBytes();
  }

  @Override
  public TaskResult<LabelBatch> run(OpenedImage image, Tile<Nothing> tile) {
    LabelBatch labels = tile.labels();
    return TaskResult.of(List.of(labels), WorkCount.objects(labels.size(), 0, Map.of()));
  }

  @Override
  public SampledFeatures features(
      OpenedImage image, TaskResult<LabelBatch> all, SampleSizes sizes) {
    LabelBatch labels = LabelBatch.merge(all.values());
    return RegionFeatures.of(labels.size(), labels::roi, sizes);
  }
}
