// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.web;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.StoreException;

/** Asks for memory once, however often what goes there has to be read. */
final class FirstBuffer implements BufferSource {
  private final BufferSource buffers;
  private final URI place;
  private final List<ByteBuffer> taken = new ArrayList<>(1);

  FirstBuffer(BufferSource buffers, URI place) {
    this.buffers = buffers;
    this.place = place;
  }

  @Override
  public ByteBuffer take(long length) {
    if (taken.isEmpty()) {
      taken.add(buffers.take(length));
    }
    ByteBuffer first = taken.get(0);
    if (first.limit() != length) {
      throw new StoreException(
          "read",
          place.toString(),
          "its length changed from %d to %d while it was read".formatted(first.limit(), length));
    }
    return first.rewind();
  }
}
