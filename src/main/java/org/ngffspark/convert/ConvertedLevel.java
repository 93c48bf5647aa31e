// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ChunkReads;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.StorePath;

/**
 * A level of an image or label image, and what is made of it.
 *
 * @param node path of the new array below its container
 */
record ConvertedLevel(String node, ZarrArray source, ZarrArray target) {
  private static final long MEMORY = 256L << 20;

  /**
   * All levels of an image and of its label images.
   *
   * @param place where the new container will lie; nothing is read there
   */
  static List<ConvertedLevel> all(Container container, StorePath place, ConvertTask task) {
    List<ConvertedLevel> all = new ArrayList<>();
    for (int level = 0; level < container.levels(); level++) {
      all.add(of(container.image(level), "", place, task));
    }
    for (String name : task.labels(container)) {
      int levels = container.label(name).node().metadata().datasets().size();
      for (int level = 0; level < levels; level++) {
        all.add(of(container.label(name, level), "labels/" + name + "/", place, task));
      }
    }
    return all;
  }

  private static ConvertedLevel of(
      ImageLevel level, String prefix, StorePath place, ConvertTask task) {
    String name = task.layout().form().change().level(level.path(), level.level());
    ArrayMetadata metadata = task.layout().of(level.array().metadata(), level.axes().names());
    return new ConvertedLevel(
        prefix + name, level.array(), ZarrArray.at(place.child(prefix + name), metadata));
  }

  Regions regions() {
    return Regions.of(
        source.chunks(), target.writeUnits(), target.chunks(), source.type().bytes(), MEMORY);
  }

  NdArray read(Box box) {
    return source.read(box);
  }

  /** How often chunks of the source are read. */
  ChunkReads reads() {
    return new ChunkReads(source.chunks().count(), regions().reads(source.chunks()));
  }
}
