// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Optional;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/** Puts the chunks of one box together. */
final class BoxRead implements ChunkSink, AutoCloseable {
  private final UnitFormat format;
  private final Box box;
  private final NdArray result;
  private final ChunkBuffers buffers;
  private Optional<NdArray> room = Optional.empty();

  BoxRead(UnitFormat format, Box box, NdArray result, ChunkBuffers buffers) {
    this.format = format;
    this.box = box;
    this.result = result;
    this.buffers = buffers;
  }

  @Override
  public NdArray target(GridPosition chunk) {
    if (box.equals(format.chunks().fullBox(chunk))) {
      return result;
    }
    if (room.isEmpty()) {
      room = Optional.of(buffers.take(format.metadata().type(), format.metadata().chunks()));
    }
    return room.get();
  }

  @Override
  public void stored(GridPosition chunk, NdArray content) {
    if (content != result) {
      Box full = format.chunks().fullBox(chunk);
      Box part = full.intersect(box);
      result.paste(content, part.relativeTo(full), part.relativeTo(box));
    }
  }

  @Override
  public void missing(GridPosition chunk) {
    Box part = format.chunks().fullBox(chunk).intersect(box);
    result.fill(part.relativeTo(box), format.metadata().fill().bits());
  }

  @Override
  public void close() {
    room.ifPresent(buffers::giveBack);
  }
}
