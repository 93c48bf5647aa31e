// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.ngffspark.apply.Companions;
import org.ngffspark.image.Container;
import org.ngffspark.job.ChunkReads;
import org.ngffspark.job.Existing;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Copies images with their label images and tables into other containers. Each write unit is
 * written once; chunks are read once where memory allows to hold what the two grids share, else as
 * often as {@link #chunkReads} says.
 *
 * @param layout of the new arrays
 * @param choice which pixels are copied, and as what
 * @param place where new images go
 * @param folders of each image below the place, empty for the place itself
 * @param companions what goes with the pixels
 * @param unkept what happens with an image that cannot be kept wholly
 * @param existing what happens to an image that lies there
 * @param verification of what is written, before it is committed
 * @param memory bytes of pixels that a task holds at most, but at least one chunk of the output
 */
public record ConvertTask(
    OutputLayout layout,
    PixelChoice choice,
    URI place,
    Map<ImageRef, String> folders,
    Companions companions,
    Unkept unkept,
    Existing existing,
    Verification verification,
    long memory)
    implements ObjectTask<Nothing, Nothing> {
  /** What a task holds of pixels unless it is told otherwise: 256 MiB. */
  public static final long MEMORY = 256L << 20;

  public ConvertTask {
    folders = Map.copyOf(folders);
  }

  @Override
  public ImageTarget<Nothing> target(ImageRef image) {
    return new ConvertedImage(image.open(), container(image), this);
  }

  StorePath container(ImageRef image) {
    StorePath root = StorePath.root(StoreLocations.open(place));
    String folder = folders.get(image);
    return folder.isEmpty() ? root : root.child(folder);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("format", layout.form().toString());
  }

  /** The label images that are copied. */
  List<String> labels(Container container) {
    return companions == Companions.NONE ? List.of() : container.labels();
  }

  /**
   * @throws IllegalArgumentException if an array of the image cannot be written so, or something of
   *     the image cannot be kept
   */
  @Override
  public void check(OpenedImage image) {
    levels(image);
    if (unkept == Unkept.REFUSED) {
      List<String> notKept = NotKept.of(image.container(), this);
      if (!notKept.isEmpty()) {
        throw new IllegalArgumentException(
            "In %s there is no place for %s; leave it out with --lenient"
                .formatted(layout.form(), String.join(", ", notKept)));
      }
    }
  }

  /** What there is to say of a copy that does not have all. */
  List<String> remarks(OpenedImage image) {
    return unkept == Unkept.REFUSED
        ? List.of()
        : NotKept.of(image.container(), this).stream().map(what -> "left out: " + what).toList();
  }

  List<ConvertedLevel> levels(OpenedImage image) {
    return ConvertedLevel.all(image.container(), container(image.ref()), this);
  }

  @Override
  public long bytesWritten(OpenedImage image, TouchedUnits touched) {
    return touched.levelBytes() + touched.otherBytes();
  }

  @Override
  public ChunkReads chunkReads(OpenedImage image) {
    return levels(image).stream()
        .map(level -> level.reads(verification))
        .reduce(ChunkReads.NONE, ChunkReads::plus);
  }

  @Override
  public TaskResult<Nothing> run(OpenedImage image, Tile<Nothing> tile) {
    TaskResult<Nothing> all = TaskResult.nothing();
    if (tile.isWholeImage()) {
      for (FollowUp<Nothing> part : followUps(image, 0, all)) {
        all = all.plus(part.run(image));
      }
    }
    return all;
  }

  @Override
  public List<FollowUp<Nothing>> followUps(
      OpenedImage image, int round, TaskResult<Nothing> soFar) {
    return round == 0 ? ConvertedPart.all(this, levels(image)) : List.of();
  }
}
