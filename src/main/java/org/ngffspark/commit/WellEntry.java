// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.Optional;
import org.ngffspark.ngff.Well;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** The place of an image in the list of the well that it lies in. */
final class WellEntry {
  private WellEntry() {}

  /** Takes an image out of the list, if it lies in a well that lists it; may be repeated. */
  static void remove(StorePath image, RunInfo run) {
    around(image)
        .ifPresent(
            well ->
                SharedMetadata.change(
                    well.path(), run, copy -> Well.open(copy).unregister(image.name())));
  }

  private static Optional<Well> around(StorePath image) {
    try {
      return Well.around(image);
    } catch (FormatException damaged) {
      // A list that cannot be read lists nothing that could be taken out.
      return Optional.empty();
    }
  }
}
