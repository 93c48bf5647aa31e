// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ChunkReads;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.StorePath;

/**
 * A level of an image or label image, and what is made of it.
 *
 * @param node path of the new array below its container
 * @param memory bytes of pixels to hold at once, but at least one chunk of the new array
 */
record ConvertedLevel(String node, SourcePixels source, ZarrArray target, long memory) {

  /**
   * All levels of an image and of its label images.
   *
   * @param place where the new container will lie; nothing is read there
   * @throws IllegalArgumentException if the image has not what is to be copied
   */
  static List<ConvertedLevel> all(Container container, StorePath place, ConvertTask task) {
    SourceLevels levels = SourceLevels.of(container, task);
    List<ConvertedLevel> all = new ArrayList<>();
    List<Integer> channels = Arrays.stream(task.choice().channels(container)).boxed().toList();
    for (ImageLevel level : levels.image()) {
      all.add(
          of(level, pixels(level, levels.box(level), channels, task.choice()), "", place, task));
    }
    levels
        .labels()
        .forEach(
            (name, ofLabel) -> {
              for (ImageLevel level : ofLabel) {
                SourcePixels pixels =
                    SourcePixels.of(level.array(), levels.box(level), new TypeChange.Kept());
                all.add(of(level, pixels, "labels/" + name + "/", place, task));
              }
            });
    return all;
  }

  private static SourcePixels pixels(
      ImageLevel level, Box box, List<Integer> channels, PixelChoice choice) {
    OptionalInt axis = level.axes().index(AxisName.C);
    return choice.channels().isEmpty() || axis.isEmpty()
        ? SourcePixels.of(level.array(), box, choice.type())
        : new SourcePixels(level.array(), box, choice.type(), axis.getAsInt(), channels);
  }

  private static ConvertedLevel of(
      ImageLevel level, SourcePixels pixels, String prefix, StorePath place, ConvertTask task) {
    String name = task.layout().form().change().level(level.path(), level.level());
    ArrayMetadata metadata = task.layout().of(pixels.metadata(), level.axes().names());
    return new ConvertedLevel(
        prefix + name, pixels, ZarrArray.at(place.child(prefix + name), metadata), task.memory());
  }

  Regions regions() {
    return Regions.of(
        source.chunks(), target.writeUnits(), target.chunks(), source.width(), memory);
  }

  /**
   * How often chunks of the source are read. What does not fit the memory is read once more to be
   * compared with what was written.
   */
  ChunkReads reads(Verification verification) {
    Regions regions = regions();
    boolean isComparedLater = verification == Verification.READ_BACK && !regions.isHeld();
    return new ChunkReads(
        source.count(), regions.reads(source.chunks()) * (isComparedLater ? 2 : 1));
  }
}
