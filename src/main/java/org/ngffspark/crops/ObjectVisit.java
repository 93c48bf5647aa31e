// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.Tile;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskPlacement;

/** Goes from object to object of a tile; each chunk that they touch is read once. */
final class ObjectVisit {
  private static final String OUTSIDE = "lies outside the image, no file";

  private ObjectVisit() {}

  /**
   * Visits all objects of a tile, and takes samples of them for the image.
   *
   * @param write is given each object that has pixels, and says what it has done
   * @return what was done in all
   */
  static WorkCount objects(
      OpenedImage image,
      Tile<?> tile,
      ObjectChoice choice,
      Function<MaskedPatch, WorkCount> write) {
    LabelBatch labels = tile.labels();
    MaskedReader reader = image.masked().reader();
    image.samples().begin(labels);
    WorkCount work = WorkCount.NONE;
    try (TaskChunks source = image.chunks(image.level().array())) {
      for (int i = 0; i < labels.size(); i++) {
        MaskPlacement place = reader.place(labels.roi(i), choice.growth());
        if (reader.box(place).isEmpty()) {
          work = work.plus(WorkCount.objects(1, 0, Map.of(OUTSIDE, 1L)));
        } else {
          MaskedPatch object =
              reader.read(labels.label(i), place, TaskChunks.both(source, image.labelChunks()));
          sample(image, object);
          work = work.plus(write.apply(object));
        }
        image.done(1);
      }
    }
    return work;
  }

  /** Takes an object if it is one of those that the run shows. */
  static void sample(OpenedImage image, MaskedPatch object) {
    image.samples().weigh(object.label(), object.mask(), Math.max(1, channels(image).length));
    if (image.samples().isTaken(object.label(), object.patch().size())) {
      List<Patch> patches = List.of(object.patch());
      image.samples().take(object.label(), channels(image), patches, object.mask());
    }
  }

  /** The channels that are read; none of an image without channels. */
  static int[] channels(OpenedImage image) {
    return image.level().axes().has(AxisName.C) ? image.masked().reader().channels() : new int[0];
  }
}
