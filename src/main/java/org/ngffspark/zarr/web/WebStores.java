// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.web;

import java.net.URI;
import java.util.List;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreProvider;

/** Opens {@code http://} and {@code https://}. */
public final class WebStores implements StoreProvider {

  @Override
  public List<String> schemes() {
    return List.of("http", "https");
  }

  @Override
  public Store open(URI uri) {
    return new WebStore(uri, WebRetries.USUAL);
  }
}
