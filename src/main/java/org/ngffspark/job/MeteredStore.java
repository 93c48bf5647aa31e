// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.Store;

/** Another store whose bytes are counted. */
final class MeteredStore extends ForwardingStore {
  private static final long serialVersionUID = 1L;

  private final LongAdder read = new LongAdder();

  MeteredStore(Store store) {
    super(store);
  }

  long bytesRead() {
    return read.sum();
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return counted(super.read(key, buffers));
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return counted(super.read(key, range, buffers));
  }

  private Optional<ByteBuffer> counted(Optional<ByteBuffer> value) {
    value.ifPresent(bytes -> read.add(bytes.remaining()));
    return value;
  }
}
