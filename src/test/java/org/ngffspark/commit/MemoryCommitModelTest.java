// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreOperation;

final class MemoryCommitModelTest implements CommitModelContract {

  @Override
  public Store newStore() {
    return new MemoryStore();
  }

  @Override
  public List<Integer> brokenCommits(List<StoreOperation> operations) {
    return IntStream.rangeClosed(1, operations.size()).boxed().toList();
  }

  @Override
  public CommitOptions options() {
    return CommitOptions.standard().forcedToDisk();
  }
}
