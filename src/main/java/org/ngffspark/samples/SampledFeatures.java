// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the objects of an image in numbers: measured features, or lengths of boxes.
 *
 * @param summaries of each feature, over all objects
 * @param ends names of the features whose extremes are known
 * @param objects a sample of them, by rank
 * @param extremes of these features, the objects with the least and the greatest values of all;
 *     ascending by id, each once
 */
public record SampledFeatures(
    List<FeatureSummary> summaries,
    List<String> ends,
    List<FeatureRow> objects,
    List<FeatureRow> extremes) {
  /** Of a run that knows nothing of its objects. */
  public static final SampledFeatures NONE =
      new SampledFeatures(List.of(), List.of(), List.of(), List.of());

  public SampledFeatures {
    summaries = List.copyOf(summaries);
    ends = List.copyOf(ends);
    objects = List.copyOf(objects);
    extremes = List.copyOf(extremes);
  }

  /** The ids of {@link #extremes}. */
  public Set<Long> extremeLabels() {
    return extremes.stream().map(FeatureRow::label).collect(Collectors.toSet());
  }

  /** The same for a run that shows no pictures of extremes. */
  public SampledFeatures withoutExtremes() {
    return new SampledFeatures(summaries, List.of(), objects, List.of());
  }

  /** The names of all features, in the order of the values of objects. */
  public List<String> names() {
    return summaries.stream().map(FeatureSummary::name).toList();
  }

  /** Whether nothing is known. */
  public boolean isNone() {
    return summaries.isEmpty();
  }
}
