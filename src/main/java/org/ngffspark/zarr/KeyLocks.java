// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.ngffspark.zarr.store.StorePath;

/**
 * One writer per key inside this JVM, whichever array object it writes through. The locks belong to
 * no array and no store, for two of either may stand for the same files. They are a fixed number:
 * keys that share one only wait for each other, and nothing is held when nobody writes. Nobody may
 * take a second lock while holding one.
 */
final class KeyLocks {
  private static final KeyLock[] LOCKS = new KeyLock[1024];

  static {
    Arrays.setAll(LOCKS, i -> new KeyLock());
  }

  private KeyLocks() {}

  static KeyLock of(StorePath file) {
    int hash = name(file).hashCode();
    return LOCKS[Math.floorMod(hash ^ (hash >>> 16), LOCKS.length)];
  }

  /** The same for a file whichever directory its store is rooted at: URIs are escaped, keys not. */
  private static String name(StorePath file) {
    URI root = file.store().uri();
    String path = Optional.ofNullable(root.getPath()).orElseGet(root::getSchemeSpecificPart);
    return (root.getScheme() + ":" + path + "/" + file.path()).replaceAll("/+", "/");
  }
}
