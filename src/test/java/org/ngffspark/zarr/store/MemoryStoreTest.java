// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

final class MemoryStoreTest implements StoreContract, DirectoriesContract {

  @Override
  public Store newStore() {
    return new MemoryStore();
  }
}
