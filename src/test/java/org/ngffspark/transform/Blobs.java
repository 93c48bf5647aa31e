// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import java.util.SplittableRandom;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;

/**
 * Random objects for property tests: axes c z y x, labels z y x with ids 0 to 3, the object is 1.
 */
final class Blobs {
  private final SplittableRandom random;

  Blobs(SplittableRandom random) {
    this.random = random;
  }

  MaskedPatch object(DataType type) {
    long[] shape = {
      1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(12), 1 + random.nextInt(12)
    };
    Patch patch = Patches.zeros(type, Axes.of("c", "z", "y", "x"), shape);
    if (type.isFloat()) {
      for (int i = 0; i < patch.size(); i++) {
        patch.set(i, random.nextInt(-40, 400) / 64.0);
      }
    } else {
      random.nextBytes(patch.pixels().bytes());
    }
    return MaskedPatch.of(patch, ids(shape[1], shape[2], shape[3]), 1, List.of());
  }

  /** Ids 0 to 3 in patches of a few pixels; axes z y x. */
  Patch ids(long depth, long height, long width) {
    Patch ids = Patches.zeros(DataType.UINT32, Axes.of("z", "y", "x"), depth, height, width);
    for (int i = 0; i < ids.size(); i++) {
      boolean same = i > 0 && random.nextInt(4) > 0;
      ids.setInteger(i, same ? ids.integer(i - 1L) : random.nextInt(4));
    }
    return ids;
  }
}
