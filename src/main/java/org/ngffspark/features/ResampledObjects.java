// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.measure.FeatureRows;
import org.ngffspark.measure.ImageMeasurement;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;

/**
 * Measures objects whose label image has another resolution than the image, each as a whole.
 *
 * @param labels with their boxes in the label image
 */
record ResampledObjects(MeasureTask task, LabelBatch labels) implements FollowUp<Measured> {

  /** All objects of a label image that are measured. */
  static ResampledObjects of(MeasureTask task, LabelBoxes boxes) {
    LabelBatch.Builder labels = new LabelBatch.Builder();
    for (int i = 0; i < boxes.size(); i++) {
      if (task.isMeasured(boxes.label(i))) {
        labels.add(boxes.label(i), boxes.roiAt(i));
      }
    }
    return new ResampledObjects(task, labels.build());
  }

  @Override
  public TaskResult<Measured> run(OpenedImage image) {
    SampledObjects samples = new SampledObjects(task, image);
    ImageMeasurement measurement = task.measurement(image, samples);
    FeatureRows rows = rows(image, measurement);
    samples.take();
    return MeasureTask.rows(rows, measurement);
  }

  FeatureRows rows(OpenedImage image, ImageMeasurement measurement) {
    try (PassingChunks chunks = new PassingChunks(image).keeping(measurement.labels())) {
      return measurement.objects(new Regions(labels), chunks);
    }
  }

  /** The boxes of a batch. */
  private record Regions(LabelBatch batch) implements MaskingRois {
    @Override
    public int size() {
      return batch.size();
    }

    @Override
    public long label(int index) {
      return batch.label(index);
    }

    @Override
    public Roi roiAt(int index) {
      return batch.roi(index);
    }

    @Override
    public Roi roi(long label) {
      for (int i = 0; i < size(); i++) {
        if (label(i) == label) {
          return roiAt(i);
        }
      }
      throw new IllegalArgumentException("No object " + label + " among " + size());
    }
  }
}
