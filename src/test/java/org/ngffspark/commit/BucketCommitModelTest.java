// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.List;
import org.ngffspark.zarr.store.BucketStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreFault;

/** On stores without renames, where nothing is ever written in part. */
final class BucketCommitModelTest implements CommitModelContract {

  @Override
  public Store newStore() {
    return new BucketStore();
  }

  @Override
  public List<StoreFault> failures() {
    return List.of(StoreFault.REFUSED, StoreFault.ANSWER_LOST);
  }

  @Override
  public List<StoreFault> deaths() {
    return List.of(StoreFault.ANSWER_LOST);
  }

  @Override
  public int stride() {
    return 1;
  }
}
