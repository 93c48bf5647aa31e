// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

  @Override
  public List<Integer> brokenCommits(List<StoreOperation> operations) {
    return IntStream.rangeClosed(1, operations.size()).boxed().toList();
  }

  @Override
  public CommitOptions options() {
    return CommitOptions.standard();
  }
}
