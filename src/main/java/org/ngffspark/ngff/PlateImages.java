// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.io.Serializable;
import java.util.List;

/**
 * The images that a selection takes of a plate.
 *
 * @param images in the order of wells and of images in each well
 * @param unreadable selected wells whose images are not known
 */
public record PlateImages(List<PlateImage> images, List<UnreadableWell> unreadable)
    implements Serializable {

  public PlateImages {
    images = List.copyOf(images);
    unreadable = List.copyOf(unreadable);
  }
}
