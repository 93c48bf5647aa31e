// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Arrays;
import java.util.Optional;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Hands the chunks of one box on, as boxes of the array. */
final class BoxRead implements ChunkSink, AutoCloseable {
  private final UnitFormat format;
  private final Box box;
  private final BoxTarget target;
  private final ChunkBuffers buffers;
  private Optional<NdArray> room = Optional.empty();
  private Optional<NdArray> direct = Optional.empty();

  BoxRead(UnitFormat format, Box box, BoxTarget target, ChunkBuffers buffers) {
    this.format = format;
    this.box = box;
    this.target = target;
    this.buffers = buffers;
  }

  @Override
  public NdArray target(GridPosition chunk) {
    direct = target.memory(format.chunks().fullBox(chunk));
    return direct.orElseGet(this::room);
  }

  @Override
  public int needed(GridPosition chunk, NdArray content) {
    Shape shape = content.shape();
    if (direct.isPresent()) {
      return (int) shape.elements();
    }
    Box full = format.chunks().fullBox(chunk);
    Box part = full.intersect(box).relativeTo(full);
    long[] last = new long[shape.rank()];
    Arrays.setAll(last, axis -> part.stop(axis) - 1);
    return (int) shape.flatIndex(last) + 1;
  }

  private NdArray room() {
    if (room.isEmpty()) {
      room = Optional.of(buffers.take(format.metadata().type(), format.metadata().chunks()));
    }
    return room.get();
  }

  @Override
  public void stored(GridPosition chunk, NdArray content) {
    if (direct.isEmpty() || direct.get() != content) {
      Box full = format.chunks().fullBox(chunk);
      Box part = full.intersect(box);
      target.paste(part, content, part.relativeTo(full));
    }
  }

  @Override
  public void missing(GridPosition chunk) {
    Box part = format.chunks().fullBox(chunk).intersect(box);
    target.fill(part, format.metadata().fill().bits());
  }

  @Override
  public void close() {
    room.ifPresent(buffers::giveBack);
  }
}
