// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskPlacement;

/** Goes from object to object of a tile; each chunk that they touch is read once. */
final class ObjectVisit {
  private static final String OUTSIDE = "lies outside the image, no file";

  private ObjectVisit() {}

  /**
   * Visits all objects of a tile, and takes samples of them for the image.
   *
   * @param task whose objects they are
   * @param write is given each object that has pixels, and says what it has done
   * @return what was done in all, with the objects that failed and are skipped
   * @throws ObjectFailure if {@code write} throws it, and the task does not skip objects
   */
  static <V extends Serializable> TaskResult<V> objects(
      OpenedImage image,
      Tile<?> tile,
      ObjectTask<?, V> task,
      Function<MaskedPatch, TaskResult<V>> write) {
    Growth growth = task.objects().orElseThrow().growth();
    LabelBatch labels = tile.labels();
    MaskedReader reader = image.masked().reader();
    image.samples().begin(labels);
    TaskResult.Sum<V> done = new TaskResult.Sum<>();
    try (TaskChunks source = image.chunks(image.level().array())) {
      for (int i = 0; i < labels.size(); i++) {
        MaskPlacement place = reader.place(labels.roi(i), growth);
        if (reader.box(place).isEmpty()) {
          done.add(TaskResult.of(List.of(), WorkCount.objects(1, 0, Map.of(OUTSIDE, 1L))));
        } else {
          MaskedPatch object =
              reader.read(labels.label(i), place, TaskChunks.both(source, image.labelChunks()));
          sample(image, object);
          done.add(done(object, task.onError(), write));
        }
        image.done(1);
      }
    }
    return done.result();
  }

  private static <V extends Serializable> TaskResult<V> done(
      MaskedPatch object, OnError onError, Function<MaskedPatch, TaskResult<V>> write) {
    try {
      return write.apply(object);
    } catch (ObjectFailure failure) {
      if (onError == OnError.FAIL) {
        throw failure;
      }
      SkippedObject skipped = new SkippedObject(object.label(), failure.getMessage());
      return TaskResult.<V>of(List.of(), WorkCount.objects(1, 0, Map.of()))
          .withSkipped(List.of(skipped));
    }
  }

  /** Takes an object if it is one of those that the run shows. */
  static void sample(OpenedImage image, MaskedPatch object) {
    image.samples().weigh(object.label(), object.mask(), image.level().axes());
    List<Patch> patches = List.of(object.patch());
    image.samples().sums().add(channels(image), patches, object.mask());
    if (image.samples().isTaken(object.label(), object.patch().size())) {
      image.samples().take(object.label(), channels(image), patches, object.mask());
    }
  }

  /** The channels that are read; none of an image without channels. */
  static int[] channels(OpenedImage image) {
    return image.level().axes().has(AxisName.C) ? image.masked().reader().channels() : new int[0];
  }
}
