// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Optional;
import org.ngffspark.roi.MaskGeometry;
import org.ngffspark.roi.PixelGrid;

/** How a label image gives masks to a level, or why it gives none. */
record MaskFit(Optional<MaskGeometry> geometry, String mismatch) {

  static MaskFit of(PixelGrid level, PixelGrid label) {
    try {
      return new MaskFit(Optional.of(MaskGeometry.of(level, label)), "");
    } catch (IllegalArgumentException mismatch) {
      return new MaskFit(Optional.empty(), mismatch.getMessage());
    }
  }

  /**
   * @throws IllegalArgumentException if it gives none
   */
  MaskGeometry required() {
    return geometry.orElseThrow(() -> new IllegalArgumentException(mismatch));
  }
}
