// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.zarr.store.DirectoriesContract;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreContract;

final class HdfsStoreTest implements StoreContract, DirectoriesContract {
  @Override
  public Store newStore() {
    return HadoopTestStores.onHdfs();
  }

  @ParameterizedTest
  @ValueSource(strings = {".zattrs", "...", "a/..b", "t\u00e9st \u00b5m/%20 #?&", "a.b/.c"})
  @Override
  public void unusualNamesAreNames(String key) {
    StoreContract.super.unusualNamesAreNames(key);
  }

  @Test
  void aColonIsRefusedByHdfs() {
    assertThatThrownBy(() -> newStore().write("x:y", bytes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a valid DFS filename");
  }

  @Override
  public int tries() {
    return 25;
  }

  @Override
  public int claims() {
    return 25;
  }
}
