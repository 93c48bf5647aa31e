// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;

class LocalStoreArrayTest implements ZarrArrayContract {
  @TempDir Path directory;

  @Override
  public Store newStore() {
    return LocalStore.at(directory.resolve(UUID.randomUUID().toString()));
  }
}
