// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.FilesTarget;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * Writes the pixels of each object into files of its own: {@code <id>.npy}. Each chunk that they
 * touch is read once. A file is there wholly or not at all. When all of an image are there, {@link
 * CropIndex} says what they are.
 *
 * @param choice the objects that are cut out
 * @param pixels the pixels that are cut
 * @param around what becomes of the pixels of the box outside the object
 * @param format of the files
 * @param onError what becomes of an object whose region is not known, or whose pixels the format
 *     does not hold
 * @param directory where the files go
 * @param folders folder of each image below the directory; {@code ""} for itself
 */
public record CropTask(
    ObjectChoice choice,
    PixelTarget pixels,
    Around around,
    CropFormat format,
    OnError onError,
    URI directory,
    Map<ImageRef, String> folders)
    implements ObjectTask<Nothing, Crop> {
  public CropTask {
    folders = Map.copyOf(folders);
  }

  /** What becomes of the pixels of a box outside its object. */
  public enum Around {
    KEPT,
    ZERO
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return Optional.of(choice);
  }

  @Override
  public ImageTarget<Crop> target(ImageRef image) {
    ImageRef folder = new ImageRef(directory, folders.get(image));
    CropFilesHistory history = CropFilesHistory.of(this, folder.open());
    return new FilesTarget<>(
        folder.toString(),
        (opened, all) -> {
          CropIndex.of(Cut.of(opened, this), all.values()).write(folder.open());
          history.write(opened);
        },
        history::decide);
  }

  @Override
  public Map<String, String> details() {
    return new TreeMap<>(Map.of("label image", choice.labelName()));
  }

  /**
   * @throws IllegalArgumentException if the format does not hold pixels of the image's type
   */
  @Override
  public void check(OpenedImage image) {
    format.requireHolds(image.level().type());
  }

  @Override
  public long bytesWritten(OpenedImage image, TouchedUnits touched) {
    return touched.pixels() * image.level().type().bytes();
  }

  /**
   * @throws ObjectFailure if the format does not hold an object's pixels, and it is not to be
   *     skipped
   */
  @Override
  public TaskResult<Crop> run(OpenedImage image, Tile<Nothing> tile) {
    int[] channels = image.masked().reader().channels();
    Store store = StoreLocations.open(directory);
    String folder = folders.get(image.ref());
    return ObjectVisit.objects(image, tile, this, object -> write(store, folder, object, channels));
  }

  private TaskResult<Crop> write(Store store, String folder, MaskedPatch object, int[] channels) {
    String name = Long.toUnsignedString(object.label());
    Map<String, byte[]> files =
        files(folder.isEmpty() ? name : folder + "/" + name, object, channels);
    files.forEach((file, content) -> store.write(file, ByteBuffer.wrap(content)));
    long bytes = files.values().stream().mapToLong(content -> content.length).sum();
    return TaskResult.of(
        List.of(new Crop(object.label(), object.patch().box())),
        WorkCount.objects(1, object.patch().size(), Map.of()).plus(WorkCount.bytesWritten(bytes)));
  }

  private Map<String, byte[]> files(String name, MaskedPatch object, int[] channels) {
    Patch patch = around == Around.KEPT ? object.patch() : object.masked();
    try {
      return format.files(name, patch, channels);
    } catch (IllegalArgumentException unfit) {
      throw new ObjectFailure(object.label(), unfit.getMessage(), unfit);
    }
  }
}
