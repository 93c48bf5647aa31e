// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Stores of a test that are opened by a URI, as {@code named:…}, in this JVM. */
public final class NamedStores implements StoreProvider {
  private static final Map<String, Store> STORES = new ConcurrentHashMap<>();

  /** Gives a store a URI that nothing else has. */
  public static URI add(Store store) {
    URI uri = URI.create("named:/" + UUID.randomUUID());
    STORES.put(uri.toString(), store);
    return uri;
  }

  /** Forgets a store. */
  public static void remove(URI uri) {
    STORES.remove(uri.toString());
  }

  @Override
  public List<String> schemes() {
    return List.of("named");
  }

  @Override
  public Store open(URI uri) {
    Store store = STORES.get(uri.toString().replaceAll("(?<=[^:/])/+$", ""));
    if (store == null) {
      throw new IllegalArgumentException("No store is named " + uri);
    }
    return store;
  }
}
