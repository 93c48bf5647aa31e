// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.List;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreFault;

/** All that runs keep lies in the plate, for the folder around it is not to be written. */
final class InsideCommitModelTest implements CommitModelContract {

  @Override
  public Store newStore() {
    return KeptFolder.around(new MemoryStore());
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
