// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreFault;

/** What is torn and lost is the model's own: the memory test goes through it. */
final class LocalCommitModelTest implements CommitModelContract {
  private final AtomicInteger stores = new AtomicInteger();

  @TempDir Path directory;

  @Override
  public Store newStore() {
    return LocalStore.at(directory.resolve("store" + stores.incrementAndGet()));
  }

  @Override
  public CommitOptions options() {
    return CommitOptions.standard();
  }

  @Override
  public List<StoreFault> failures() {
    return List.of(StoreFault.REFUSED);
  }

  @Override
  public List<StoreFault> deaths() {
    return List.of(StoreFault.ANSWER_LOST);
  }

  @Override
  public int stride() {
    return 5;
  }
}
