// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.List;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreFault;

/** To die before an operation is to die after the one before it. */
final class MemoryCommitModelTest implements CommitModelContract {

  @Override
  public Store newStore() {
    return new MemoryStore();
  }

  @Override
  public CommitOptions options() {
    return CommitOptions.standard().forcedToDisk();
  }

  @Override
  public List<StoreFault> failures() {
    return List.of(StoreFault.values());
  }

  @Override
  public List<StoreFault> deaths() {
    return List.of(StoreFault.TORN, StoreFault.ANSWER_LOST);
  }

  @Override
  public int stride() {
    return 1;
  }
}
