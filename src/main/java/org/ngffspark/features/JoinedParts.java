// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.util.List;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.measure.FeatureRows;
import org.ngffspark.measure.ImageMeasurement;
import org.ngffspark.measure.ObjectPieces;

/**
 * Puts objects together that reach the borders of tiles, and measures them.
 *
 * @param pieces all parts of some objects
 */
record JoinedParts(MeasureTask task, List<ObjectPieces> pieces) implements FollowUp<Measured> {

  @Override
  public TaskResult<Measured> run(OpenedImage image) {
    SampledObjects samples = new SampledObjects(task, image);
    ImageMeasurement measurement = task.measurement(image, samples);
    FeatureRows rows = FeatureRows.ofPieces(measurement.measurement(), pieces);
    samples.take();
    return MeasureTask.rows(rows, measurement);
  }
}
