// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sizes of all objects that were seen, summed up.
 *
 * @param objects how many
 * @param pixels of all of them, in one channel
 */
public record ObjectSizes(long objects, long pixels) implements Serializable {
  /** Of no object. */
  public static final ObjectSizes NONE = new ObjectSizes(0, 0);

  /** The size of an object as a feature: its pixels in one channel. */
  public static final String NAME = "size in pixels";

  ObjectSizes plus(ObjectSizes other) {
    return new ObjectSizes(objects + other.objects, pixels + other.pixels);
  }

  /**
   * The sizes as a feature, for runs that know no other.
   *
   * @param samples of the image, from all its tasks; the extremes of all objects are among them
   */
  SampledFeatures features(List<ObjectSample> samples, SampleSizes sizes) {
    if (objects == 0) {
      return SampledFeatures.NONE;
    }
    ObjectPicker<FeatureRow> picker = new ObjectPicker<>(List.of(NAME), sizes);
    Map<Long, Long> byLabel = new HashMap<>();
    samples.forEach(each -> byLabel.merge(each.label(), each.pixels(), Math::max));
    byLabel.forEach(
        (label, size) -> {
          double[] row = {size};
          picker.offer(label, row, 0, new FeatureRow(label, row));
        });
    return new SampledFeatures(
        List.of(new FeatureSummary(NAME, objects, (double) pixels / objects)),
        List.of(NAME),
        picker.sample(),
        List.copyOf(picker.extremes().values()));
  }
}
