// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.store.ConditionsContract;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreContract;

final class S3StoreTest implements StoreContract, ConditionsContract {
  @Override
  public Store newStore() {
    return HadoopTestStores.onS3();
  }

  /** The server of the tests keeps values in files, and answers 500; S3 has no such case. */
  @Test
  @Override
  public void nothingLiesBelowAValue() {
    Store store = newStore();
    store.write("a/b", bytes(1));
    assertThat(store.read("a/b2/c")).isEmpty();
  }

  @Override
  public int tries() {
    return 25;
  }
}
