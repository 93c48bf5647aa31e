// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Pyramid;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/**
 * The levels of a projected image: as long as those of its source, but for one pixel on the
 * projected axis.
 *
 * @param levels from fine to coarse
 * @param axis index of the projected axis
 */
record ProjectedLevels(ZarrArray source, List<ZarrArray> levels, int axis) {

  /**
   * @param target where the new image will lie; nothing is read there
   */
  static ProjectedLevels of(OpenedImage image, StorePath target, ProjectTask task) {
    int axis =
        image
            .level()
            .axes()
            .index(task.axis())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Axis '%s' is to be projected, and the image has %s"
                            .formatted(task.axis(), image.level().axes().names())));
    List<ZarrArray> levels = new ArrayList<>();
    for (ImageLevel level : image.levels()) {
      ArrayMetadata metadata = projected(level.array().metadata(), axis);
      levels.add(ZarrArray.at(target.child(level.path()), metadata));
    }
    return new ProjectedLevels(image.level().array(), levels, axis);
  }

  private static ArrayMetadata projected(ArrayMetadata like, int axis) {
    Optional<Shape> shards = like.shards().map(lengths -> lengths.with(axis, 1));
    return new ArrayMetadata(
        like.format(),
        like.shape().with(axis, 1),
        like.chunks().with(axis, 1),
        shards,
        like.type(),
        like.fill(),
        like.encoding(),
        like.keys(),
        like.dimensionNames());
  }

  ZarrArray finest() {
    return levels.get(0);
  }

  /** From each level to the next. */
  List<PyramidStep> steps() {
    List<PyramidStep> steps = new ArrayList<>();
    for (int level = 1; level < levels.size(); level++) {
      steps.add(PyramidStep.of(Pyramid.Kind.IMAGE, levels.get(level - 1), levels.get(level)));
    }
    return steps;
  }

  /**
   * The pixels of a chunk of the finest level; reads each chunk of the source that lies above it
   * once, and holds a row of them at a time.
   */
  NdArray project(GridPosition chunk, Projection method) {
    Box place = finest().chunks().box(chunk);
    Accumulation sum = new Accumulation(method, source.type(), place.shape(), axis);
    long length = source.shape().get(axis);
    long step = source.chunks().chunk().get(axis);
    for (long from = 0; from < length; from += step) {
      sum.add(source.read(place.with(axis, from, Math.min(length, from + step))));
    }
    return sum.result();
  }
}
