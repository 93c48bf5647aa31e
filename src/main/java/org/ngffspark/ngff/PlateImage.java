// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.io.Serializable;
import org.ngffspark.zarr.store.StorePath;

/**
 * An image of a plate.
 *
 * @param well path of the well in the plate, as in {@code B/03}
 * @param image name of the image in the well
 * @param path where it lies
 */
public record PlateImage(String well, String image, StorePath path) implements Serializable {

  /** Path of the image in the plate, as in {@code B/03/0}. */
  public String name() {
    return well + "/" + image;
  }
}
