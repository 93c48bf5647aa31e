// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;

class MemoryStoreArrayTest implements ZarrArrayContract {
  @Override
  public Store newStore() {
    return new MemoryStore();
  }
}
