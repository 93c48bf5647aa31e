// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;

/**
 * The levels of an image and its label images that are copied.
 *
 * @param image finest first
 * @param labels by the name of the label image, finest first
 * @param region that is copied; empty for all
 */
record SourceLevels(
    List<ImageLevel> image, Map<String, List<ImageLevel>> labels, Optional<Roi> region) {

  /**
   * @throws IllegalArgumentException if the image has not what is to be copied
   */
  static SourceLevels of(Container container, ConvertTask task) {
    PixelChoice choice = task.choice();
    List<ImageLevel> image = new ArrayList<>();
    int count = choice.levels(container.levels(), container.path().toString());
    for (int level = 0; level < count; level++) {
      image.add(container.image(level));
    }
    Map<String, List<ImageLevel>> labels = new LinkedHashMap<>();
    List<PixelGrid> grids = new ArrayList<>(image.stream().map(ImageLevel::grid).toList());
    for (String name : task.labels(container)) {
      List<ImageLevel> levels = new ArrayList<>();
      int there = container.label(name).node().metadata().datasets().size();
      for (int level = 0; level < choice.labelLevels(there); level++) {
        levels.add(container.label(name, level));
      }
      labels.put(name, levels);
      levels.forEach(level -> grids.add(level.grid()));
    }
    Crop crop = choice.crop();
    Optional<Roi> region =
        crop.isAll() ? Optional.empty() : Optional.of(crop.region(image.get(0).grid(), grids));
    return new SourceLevels(image, labels, region);
  }

  /** The pixels of a level that are copied. */
  Box box(ImageLevel level) {
    return region
        .map(part -> Crop.box(part, level.grid()))
        .orElseGet(() -> Box.whole(level.shape()));
  }

  /** The same of several levels. */
  List<Box> boxes(List<ImageLevel> levels) {
    return levels.stream().map(this::box).toList();
  }
}
