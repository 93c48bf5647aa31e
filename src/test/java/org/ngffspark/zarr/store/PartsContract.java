// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How every store reads values and parts of them, whether it can be written or not. */
public interface PartsContract {

  /** A store that holds these values, at least one. */
  Store storeOf(Map<String, ByteBuffer> values);

  @Test
  default void aBufferIsTakenOnceWithTheExactLengthOrRefused() {
    Store store = storeOf(Map.of("k", bytes(1, 2, 3)));
    byte[] memory = new byte[10];
    AtomicInteger calls = new AtomicInteger();
    BufferSource source =
        length -> {
          calls.incrementAndGet();
          return ByteBuffer.wrap(memory, 0, (int) length);
        };
    assertThat(store.read("k", source)).contains(bytes(1, 2, 3));
    assertThat(memory).startsWith(1, 2, 3);
    store.read("k", new ByteRange.Slice(1, 2), source);
    store.read("missing", source);
    assertThat(calls).hasValue(2);
    BufferSource refuses =
        length -> {
          throw new IllegalStateException("too long: " + length);
        };
    assertThatThrownBy(() -> store.read("k", refuses)).hasMessage("too long: 3");
  }

  @Test
  default void partsAreRead() {
    Store store = storeOf(Map.of("k", bytes(0, 1, 2, 3, 4)));
    BufferSource heap = BufferSource.heap();
    assertThat(store.read("k", new ByteRange.Slice(1, 3), heap)).contains(bytes(1, 2, 3));
    assertThat(store.read("k", new ByteRange.Slice(5, 0), heap)).contains(bytes());
    assertThat(store.read("k", new ByteRange.Suffix(2), heap)).contains(bytes(3, 4));
    assertThat(store.read("k", new ByteRange.Suffix(5), heap)).contains(bytes(0, 1, 2, 3, 4));
  }

  @Test
  default void aPartOutsideTheValueFails() {
    Store store = storeOf(Map.of("k", bytes(0, 1, 2)));
    for (ByteRange range :
        List.of(
            new ByteRange.Slice(2, 2),
            new ByteRange.Slice(4, 0),
            new ByteRange.Suffix(4),
            new ByteRange.Slice(7, 1),
            new ByteRange.Slice(1, Long.MAX_VALUE))) {
      assertThatThrownBy(() -> store.read("k", range, BufferSource.heap()))
          .as(range.toString())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it has 3 bytes");
    }
  }
}
