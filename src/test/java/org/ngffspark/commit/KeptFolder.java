// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;

/** A store as one user sees it, who may not write into some of its directories. */
final class KeptFolder extends ForwardingStore {
  private static final long serialVersionUID = 1L;

  private final boolean letsAllIn;
  private final Set<String> kept;

  /**
   * @param letsAllIn whether owners and modes say that all who may write a directory may write
   *     around it
   * @param kept keys of the directories that this user may not write
   */
  KeptFolder(Store store, boolean letsAllIn, Set<String> kept) {
    super(store);
    this.letsAllIn = letsAllIn;
    this.kept = kept;
  }

  /** Of one who may not write the folder that the plate of the scenario lies in. */
  static KeptFolder around(Store store) {
    return new KeptFolder(store, false, Set.of("data"));
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return super.directories().map(this::kept);
  }

  private StoreDirectories kept(StoreDirectories all) {
    return (StoreDirectories)
        Proxy.newProxyInstance(
            StoreDirectories.class.getClassLoader(),
            new Class<?>[] {StoreDirectories.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isWritable" -> !kept.contains((String) arguments[0]);
                  case "mayWritersWriteAround" -> letsAllIn;
                  default -> {
                    try {
                      yield method.invoke(all, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }
                });
  }
}
