// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Optional;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** Puts the pixels of a box together in one array. */
record ArrayTarget(Box box, NdArray pixels) implements BoxTarget {

  @Override
  public Optional<NdArray> memory(Box place) {
    return place.equals(box) ? Optional.of(pixels) : Optional.empty();
  }

  @Override
  public void paste(Box place, NdArray chunk, Box part) {
    pixels.paste(chunk, part, place.relativeTo(box));
  }

  @Override
  public void fill(Box place, long bits) {
    pixels.fill(place.relativeTo(box), bits);
  }
}
