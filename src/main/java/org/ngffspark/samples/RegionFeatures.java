// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Roi;

/** The lengths of objects' boxes as features, for runs that know nothing else of them. */
public final class RegionFeatures {
  private static final Map<AxisName, String> NAMES =
      new EnumMap<>(
          Map.of(
              AxisName.Z, "depth of the box",
              AxisName.Y, "height of the box",
              AxisName.X, "width of the box"));

  private RegionFeatures() {}

  /**
   * Lengths in world units, of the axes that the regions have; no extremes.
   *
   * @param count of the regions
   * @param regions by index, each with its label
   */
  public static SampledFeatures of(int count, IntFunction<Roi> regions, SampleSizes sizes) {
    if (count == 0) {
      return SampledFeatures.NONE;
    }
    List<AxisName> axes = new ArrayList<>(NAMES.keySet());
    axes.retainAll(regions.apply(0).intervals().keySet());
    FeatureSampler sampler = new FeatureSampler(axes.stream().map(NAMES::get).toList(), sizes);
    for (int i = 0; i < count; i++) {
      Roi roi = regions.apply(i);
      double[] lengths =
          axes.stream()
              .mapToDouble(axis -> roi.interval(axis).length().orElse(Double.NaN))
              .toArray();
      sampler.add(roi.label().orElseThrow(), lengths);
    }
    return sampler.result().withoutExtremes();
  }
}
