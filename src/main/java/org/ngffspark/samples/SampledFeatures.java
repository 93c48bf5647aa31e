// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.List;

/**
 * What is known of the objects of an image in numbers: measured features, or lengths of boxes.
 *
 * @param summaries of each feature, over all objects
 * @param objects a sample of them, by rank
 * @param extremes of the first features, the objects with the least and the greatest values of all;
 *     ascending by id, each once
 */
public record SampledFeatures(
    List<FeatureSummary> summaries, List<FeatureRow> objects, List<FeatureRow> extremes) {
  /** Of a run that knows nothing of its objects. */
  public static final SampledFeatures NONE = new SampledFeatures(List.of(), List.of(), List.of());

  public SampledFeatures {
    summaries = List.copyOf(summaries);
    objects = List.copyOf(objects);
    extremes = List.copyOf(extremes);
  }

  /** Whether nothing is known. */
  public boolean isNone() {
    return summaries.isEmpty();
  }
}
