// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

final class BucketStoreTest implements StoreContract, ConditionsContract {
  @Override
  public Store newStore() {
    return new BucketStore();
  }
}
