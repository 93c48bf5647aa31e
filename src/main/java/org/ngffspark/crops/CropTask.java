// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.nio.ByteBuffer;
import java.util.Map;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ChunkPool;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.ReadTrace;
import org.ngffspark.job.TaskChunks;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * Writes the pixels of some objects of one image, each into files of its own: {@code <id>.npy}.
 * Each chunk that they touch is read once. A file is there wholly or not at all.
 */
public final class CropTask {
  private static final String OUTSIDE = "lies outside the image, no file";

  private final OpenedImage image;
  private final CropSpec spec;
  private final ChunkPool pool;
  private final String folder;
  private WorkCount work = WorkCount.NONE;

  private CropTask(OpenedImage image, CropSpec spec, ChunkPool pool, String folder) {
    this.image = image;
    this.spec = spec;
    this.pool = pool;
    this.folder = folder;
  }

  /**
   * @param folder below the directory of the run; {@code ""} for the directory itself
   * @throws org.ngffspark.zarr.store.FormatException if the image is damaged
   * @throws IllegalArgumentException if it has not what the run asks for
   */
  public static CropTask open(ImageRef ref, CropSpec spec, String folder, ChunkPool pool) {
    return new CropTask(OpenedImage.open(ref, spec.objects()), spec, pool, folder);
  }

  /**
   * Writes the files of objects.
   *
   * @throws IllegalArgumentException if the format does not hold an object's pixels; the message
   *     names it
   */
  public WorkCount run(LabelBatch labels) {
    ReadTrace inputs = new ReadTrace(image.container().path());
    MaskedReader reader = image.passes().get(0).get(0);
    Store store = StoreLocations.open(spec.directory());
    try (TaskChunks source = new TaskChunks(image.level().array(), pool, inputs);
        TaskChunks ids = new TaskChunks(image.label().array(), pool, inputs)) {
      for (int i = 0; i < labels.size(); i++) {
        MaskPlacement place = reader.place(labels.roi(i), spec.zoom());
        if (reader.box(place).isEmpty()) {
          work = work.plus(WorkCount.objects(1, 0, Map.of(OUTSIDE, 1L)));
        } else {
          MaskedPatch object = reader.read(labels.label(i), place, TaskChunks.both(source, ids));
          write(store, labels.label(i), crop(object), reader.channels());
        }
      }
      return work.plus(WorkCount.reads(source.reads(), ids.reads()))
          .plus(WorkCount.bytesRead(image.bytesRead()));
    }
  }

  private Patch crop(MaskedPatch object) {
    return spec.around() == CropSpec.Around.KEPT ? object.patch() : object.masked();
  }

  private void write(Store store, long label, Patch patch, int[] channels) {
    String name = Long.toUnsignedString(label);
    String key = folder.isEmpty() ? name : folder + "/" + name;
    try {
      spec.format()
          .files(key, patch, channels)
          .forEach(
              (file, content) -> {
                store.write(file, ByteBuffer.wrap(content));
                work = work.plus(WorkCount.bytesWritten(content.length));
              });
    } catch (IllegalArgumentException unfit) {
      throw new IllegalArgumentException("Object " + name + ": " + unfit.getMessage(), unfit);
    }
    work = work.plus(WorkCount.objects(1, patch.size(), Map.of()));
  }
}
