// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.measure.FeatureRows;
import org.ngffspark.measure.ImageMeasurement;
import org.ngffspark.measure.ObjectKeys;
import org.ngffspark.measure.ObjectPieces;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

/**
 * Measures objects that are not connected and were found in several tiles: goes through the image
 * once more for their parts.
 */
record ScatteredObjects(MeasureTask task, ObjectKeys objects) implements FollowUp<Measured> {

  @Override
  public TaskResult<Measured> run(OpenedImage image) {
    ImageMeasurement measurement = task.measurement(image);
    List<ObjectPieces> pieces = new ArrayList<>();
    try (PassingChunks chunks = new PassingChunks(image)) {
      ChunkGrid units = units(image);
      for (GridPosition unit : units.all()) {
        pieces.addAll(measurement.parts(units.box(unit), 1, chunks, objects).pieces().values());
      }
    }
    FeatureRows rows = FeatureRows.ofPieces(measurement.measurement(), pieces);
    return TaskResult.of(List.of(new Measured.Instead(rows, objects)), WorkCount.NONE);
  }

  /** Write units with all channels. */
  private static ChunkGrid units(OpenedImage image) {
    Shape shape = image.level().shape();
    Shape unit = image.level().array().writeUnits().chunk();
    int channels = image.level().axes().index(AxisName.C).orElse(-1);
    return new ChunkGrid(shape, channels < 0 ? unit : unit.with(channels, shape.get(channels)));
  }
}
