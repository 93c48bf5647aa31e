// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class TableFileTest {
  /** Whose values are all as long. */
  private static final class Long extends ForwardingStore {
    private static final long serialVersionUID = 1L;

    private final long length;

    Long(long length) {
      super(new MemoryStore());
      this.length = length;
    }

    @Override
    public Optional<ByteBuffer> read(String key, BufferSource buffers) {
      return Optional.of(buffers.take(length));
    }
  }

  private static TableFile file(long length) {
    return new TableFile(new StorePath(new Long(length), "tables/cells/table.csv"));
  }

  @Test
  void aTextWhoseColumnsWouldNotFitIntoMemoryIsNamed() {
    long memory = Runtime.getRuntime().maxMemory();
    assertThatThrownBy(() -> file(memory / 15).text())
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tables/cells/table.csv")
        .hasMessageContaining("this process may have " + (memory >> 20) + " MiB in all");
  }

  @Test
  void soIsATableWhoseFileDoesNotFit() {
    long memory = Runtime.getRuntime().maxMemory();
    assertThatThrownBy(() -> file(memory / 2 + 1).bytes())
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tables/cells/table.csv");
  }
}
