// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/**
 * A transform that measures the ring: the pixels of the object's box with label 0. Where there are
 * none the object keeps its pixels, and a note counts it.
 */
abstract class RingTransform implements MaskedTransform {
  static final String WITHOUT_RING = "kept: no background pixel in the box";
  static final Parameter PERCENTILE =
      Parameter.number("percentile", "percentile of the background pixels in the object's box")
          .in(Range.between(0, 100))
          .withDefault("50");

  private final double percentile;

  RingTransform(double percentile) {
    this.percentile = percentile;
  }

  /** Replaces values of pixels by their results. */
  abstract void compute(double[] values, int count, double background, DataType type);

  @Override
  public final List<Parameter> parameters() {
    return List.of(PERCENTILE);
  }

  @Override
  public final boolean channelwise() {
    return true;
  }

  @Override
  public final void apply(MaskedPatch object, Patch result) {
    Mask ring = object.maskOf(0);
    Slabs.of(object.patch()).forEach((from, to) -> apply(object, ring, result, from, to));
  }

  private void apply(MaskedPatch object, Mask ring, Patch result, int from, int to) {
    WrittenRuns written = new WrittenRuns(object, from, to);
    if (written.isEmpty()) {
      return;
    }
    MaskedValues pixels = MaskedValues.of(object.patch(), ring, from, to);
    if (pixels.count() == 0) {
      object.notes().add(WITHOUT_RING);
      return;
    }
    double background = pixels.percentile(percentile);
    written.map(result, (values, count) -> compute(values, count, background, result.type()));
  }
}
