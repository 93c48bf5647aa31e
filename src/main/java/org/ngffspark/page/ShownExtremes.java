// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ngffspark.samples.FeatureRow;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.ObjectPicker;
import org.ngffspark.samples.SampleSizes;

/**
 * Which extremes of an image are also extremes of the images before it: others are never shown on
 * the page of the run, so their pictures need not be kept. Not safe for several threads.
 */
final class ShownExtremes {
  /** Only extremes are picked here. */
  private static final SampleSizes SIZES = new SampleSizes(1, 1, 0);

  private final Map<List<String>, ObjectPicker<FeatureRow>> pickers = new HashMap<>();

  /** The sample of an image without the pictures that are never shown. */
  ImageSample shown(ImageSample sample) {
    List<String> names = sample.features().names();
    ObjectPicker<FeatureRow> picker =
        pickers.computeIfAbsent(names, key -> new ObjectPicker<>(key, SIZES));
    Set<Long> unshown = new HashSet<>();
    for (FeatureRow row : sample.features().extremes()) {
      if (!picker.offer(row.label(), row.values(), 0, row)) {
        unshown.add(row.label());
      }
    }
    sample.features().objects().forEach(row -> unshown.remove(row.label()));
    return sample.withoutPictures(unshown);
  }
}
