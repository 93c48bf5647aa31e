// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * The store of an image that shows the data sets of N5 in it as if they told themselves what a user
 * says of them.
 */
final class DescribedStore extends ForwardingStore {
  private static final long serialVersionUID = 1L;
  private static final String FILE = "attributes.json";

  private final Store store;
  private final String image;
  private final DataSetDescription description;

  DescribedStore(StorePath image, DataSetDescription description) {
    super(image.store());
    this.store = image.store();
    this.image = image.key("");
    this.description = description;
  }

  DataSetDescription description() {
    return description;
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    boolean attributes = key.startsWith(image) && key.endsWith(FILE);
    Optional<ByteBuffer> value = super.read(key, buffers);
    return attributes ? value.map(bytes -> described(bytes, key, buffers)) : value;
  }

  private ByteBuffer described(ByteBuffer value, String key, BufferSource buffers) {
    ObjectNode content = Json.parseObject(value.duplicate(), key);
    if (!content.has("dimensions")) {
      return value;
    }
    ByteBuffer complete = Json.bytes(description.complete(content));
    return buffers.take(complete.remaining()).put(complete).flip();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DescribedStore that
        && store.equals(that.store)
        && image.equals(that.image)
        && description.equals(that.description);
  }

  @Override
  public int hashCode() {
    return Objects.hash(store, image, description);
  }
}
