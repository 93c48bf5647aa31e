// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.net.URI;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.ngff.LinkedStore;
import org.ngffspark.zarr.store.LinkPolicy;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * One image of a run, as it travels to executors.
 *
 * @param root of the store: the plate, or the image itself
 * @param path of the image in it; {@code ""} if it is the root
 * @param links which are followed when it is read
 * @param description of its data sets, if they are of N5 and do not tell it themselves
 */
public record ImageRef(URI root, String path, LinkPolicy links, DataSetDescription description)
    implements Serializable {

  /** An image that tells itself what it is. */
  public ImageRef(URI root, String path, LinkPolicy links) {
    this(root, path, links, DataSetDescription.NONE);
  }

  /** An image without links out of its store. */
  public ImageRef(URI root, String path) {
    this(root, path, LinkPolicy.INSIDE);
  }

  /**
   * Opens the store; nothing is read yet. An image whose labels and tables this one uses is seen
   * below it, see {@link LinkedStore}.
   */
  public StorePath open() {
    StorePath image = new StorePath(StoreLocations.open(root, links), path);
    return LinkedStore.of(description.of(image), links);
  }

  /** The same, read through these links. */
  public ImageRef following(LinkPolicy policy) {
    return new ImageRef(root, path, policy, description);
  }

  /** The same, whose data sets of N5 are so. */
  public ImageRef describedBy(DataSetDescription told) {
    return new ImageRef(root, path, links, told);
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
