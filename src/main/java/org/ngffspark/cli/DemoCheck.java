// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.Arrays;
import java.util.Map;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.image.Container;
import org.ngffspark.image.Masked;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.resample.Downsampling;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Compares what a run made with a loop over the objects, one by one, by the calls of the library:
 * no tiles, no tasks.
 */
final class DemoCheck {
  static final String TRANSFORM = "normalize";
  static final String MAX = "4000";

  private final Container before;
  private final Container after;

  DemoCheck(Container before, Container after) {
    this.before = before;
    this.after = after;
  }

  /**
   * @return number of objects
   * @throws IllegalStateException if a pixel of any level differs
   */
  long run() {
    Masked masked = before.maskedImage(SampleImage.NUCLEI).channels("DAPI");
    MaskedTransform transform =
        Transforms.of(DemoCheck.class.getClassLoader()).find(TRANSFORM, Map.of("max", MAX));
    Patch expected = masked.level().read();
    for (long label : masked.rois().labels()) {
      MaskedPatch object = masked.read(label);
      Patch result = object.patch().copy();
      transform.apply(object, result);
      object
          .mask()
          .paste(result.pixels(), Box.whole(result.shape()), expected.pixels(), result.box());
    }
    compare(0, expected.pixels());
    levels(expected.pixels());
    return masked.rois().size();
  }

  private void levels(NdArray finest) {
    NdArray finer = finest;
    for (int level = 1; level < after.levels(); level++) {
      Downsampling rule =
          Downsampling.linear(finer.type(), finer.shape(), after.image(level).shape());
      finer = rule.apply(finer, Box.whole(finer.shape()), Box.whole(after.image(level).shape()));
      compare(level, finer);
    }
  }

  private void compare(int level, NdArray expected) {
    byte[] made = after.image(level).read().pixels().bytes();
    int at = Arrays.mismatch(expected.bytes(), made);
    if (at >= 0) {
      throw new IllegalStateException(
          "The check failed: level "
              + level
              + " of "
              + after.path()
              + " differs from a loop over its objects at pixel "
              + at / expected.type().bytes());
    }
  }
}
