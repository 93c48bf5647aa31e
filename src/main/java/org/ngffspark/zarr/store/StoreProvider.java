// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.net.URI;
import java.util.List;

/** Opens stores of other kinds than local directories; found by {@link java.util.ServiceLoader}. */
public interface StoreProvider {

  /** The URI schemes it serves, for messages. */
  List<String> schemes();

  /** Whether it can open this location. */
  default boolean handles(URI uri) {
    return schemes().contains(uri.getScheme());
  }

  /** Opens the store whose root is {@code uri}; nothing needs to be there yet. */
  Store open(URI uri);
}
