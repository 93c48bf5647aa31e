// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.UnitUpdate;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/**
 * An array and what its projection will be: as long, but for one pixel on the projected axis.
 *
 * @param axis index of the projected axis; empty if the array lacks it, and is copied
 */
record ProjectedArray(ZarrArray source, ZarrArray target, OptionalInt axis) {

  /**
   * @param target where the new array will lie; nothing is read there
   */
  static ProjectedArray of(ZarrArray source, StorePath target, OptionalInt axis) {
    ArrayMetadata metadata = source.metadata();
    if (axis.isPresent()) {
      metadata = projected(metadata, axis.getAsInt());
    }
    return new ProjectedArray(source, ZarrArray.at(target, metadata), axis);
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

  /** Makes a write unit of the projection. */
  StagedUnit stage(GridPosition unit, Projection method, StagedOutput output) {
    String key = output.target(target.key(unit));
    try (UnitUpdate update = target.replacement(unit)) {
      for (GridPosition chunk : target.chunks().touching(target.writeUnits().box(unit))) {
        NdArray pixels = project(chunk, method);
        Box whole = Box.whole(pixels.shape());
        update.emptyChunk(chunk).paste(pixels, whole, whole);
        update.seal(chunk);
      }
      Optional<ByteBuffer> value = update.encode();
      return value
          .map(bytes -> output.stage().put(key, bytes))
          .orElseGet(() -> output.stage().delete(key));
    }
  }

  /**
   * The pixels of a chunk of the projection; reads each chunk of the source that lies above it
   * once, and holds a row of them at a time.
   */
  private NdArray project(GridPosition chunk, Projection method) {
    Box place = target.chunks().box(chunk);
    if (axis.isEmpty()) {
      return source.read(place);
    }
    int index = axis.getAsInt();
    Accumulation sum = new Accumulation(method, source.type(), place.shape(), index);
    long length = source.shape().get(index);
    long step = source.chunks().chunk().get(index);
    for (long from = 0; from < length; from += step) {
      sum.add(source.read(place.with(index, from, Math.min(length, from + step))));
    }
    return sum.result();
  }
}
