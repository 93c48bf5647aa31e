// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreOperation;

final class LocalCommitModelTest implements CommitModelContract {
  private final AtomicInteger stores = new AtomicInteger();

  @TempDir Path directory;

  @Override
  public Store newStore() {
    return LocalStore.at(directory.resolve("store" + stores.incrementAndGet()));
  }

  /** The memory store breaks them all; here the last before and the third after the decision. */
  @Override
  public List<Integer> brokenCommits(List<StoreOperation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i).key().endsWith("journal.json")
          && operations.get(i).kind() == StoreOperation.Kind.WRITE_IF_ABSENT) {
        return List.of(i, i + 4);
      }
    }
    throw new AssertionError("No journal was written: " + operations);
  }

  @Override
  public CommitOptions options() {
    return CommitOptions.standard();
  }
}
