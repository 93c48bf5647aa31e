// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Arrays;
import org.ngffspark.zarr.store.StorePath;

/**
 * One writer per key inside this JVM, whichever array object it writes through. The locks belong to
 * no array and no store, for two of either may stand for the same files. They are a fixed number:
 * keys that share one only wait for each other, and nothing is held when nobody writes. Nobody may
 * take a second lock while holding one.
 */
final class KeyLocks {
  private static final Object[] LOCKS = new Object[1024];

  static {
    Arrays.setAll(LOCKS, i -> new Object());
  }

  private KeyLocks() {}

  static Object of(StorePath file) {
    int hash = file.toString().replaceFirst("^file:/+", "file:/").hashCode();
    return LOCKS[Math.floorMod(hash ^ (hash >>> 16), LOCKS.length)];
  }
}
