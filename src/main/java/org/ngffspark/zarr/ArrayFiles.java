// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;

/** Which files of an array there are, in stores that list their keys and in those that do not. */
public final class ArrayFiles {
  private static final List<String> METADATA =
      List.of(ArrayJsonV3.FILE, ArrayJsonV2.FILE, ".zattrs");

  private ArrayFiles() {}

  /**
   * Length and time of change of all files of an array by key. Where they cannot be listed those
   * that the array may have are asked for.
   *
   * @param store holds the array by the same path as the array's own store
   */
  public static SortedMap<String, KeyStatus> statuses(ZarrArray array, Store store) {
    if (store.isListed()) {
      return store.statuses(array.path().path());
    }
    return store.statuses(possible(array));
  }

  /** As {@link #statuses}, without metadata and what else may lie below a data set of N5. */
  public static SortedMap<String, KeyStatus> unitStatuses(ZarrArray array, Store store) {
    SortedMap<String, KeyStatus> units = statuses(array, store);
    int prefix = array.path().key("").length();
    units
        .keySet()
        .removeIf(
            key ->
                array
                    .metadata()
                    .keys()
                    .position(key.substring(prefix), array.shape().rank())
                    .isEmpty());
    return units;
  }

  private static List<String> possible(ZarrArray array) {
    List<String> keys = new ArrayList<>();
    METADATA.forEach(name -> keys.add(array.path().key(name)));
    for (GridPosition unit : array.writeUnits().all()) {
      keys.add(array.key(unit));
    }
    return keys;
  }
}
