// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.io.Serializable;
import java.util.List;

/**
 * Which images of a plate; an empty list selects all.
 *
 * @param wells paths of wells, as in {@code B/03}
 * @param acquisitions names or ids of acquisitions
 * @param images names of images in their wells
 */
public record PlateSelection(List<String> wells, List<String> acquisitions, List<String> images)
    implements Serializable {

  /** All images. */
  public static final PlateSelection ALL = new PlateSelection(List.of(), List.of(), List.of());

  public PlateSelection {
    wells = List.copyOf(wells);
    acquisitions = List.copyOf(acquisitions);
    images = List.copyOf(images);
  }
}
