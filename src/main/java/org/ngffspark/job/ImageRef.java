// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.net.URI;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * One image of a run, as it travels to executors.
 *
 * @param root of the store: the plate, or the image itself
 * @param path of the image in it; {@code ""} if it is the root
 */
public record ImageRef(URI root, String path) implements Serializable {

  /** Opens the store; nothing is read yet. */
  public StorePath open() {
    return new StorePath(StoreLocations.open(root), path);
  }

  /** Where the image is, for people. */
  @Override
  public String toString() {
    String base =
        root.getScheme() == null || root.getScheme().equals("file")
            ? root.getPath()
            : root.toString();
    String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return path.isEmpty() ? trimmed : trimmed + "/" + path;
  }
}
