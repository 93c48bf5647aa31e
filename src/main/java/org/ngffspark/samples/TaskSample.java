// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What tasks have sampled of one image.
 *
 * @param objects a sample of theirs, and the extremes; parts of one object may be apart
 * @param sizes of all their objects, where they were told
 * @param sums of the pixels of all their objects, where they were added up; ascending by channel
 */
public record TaskSample(List<ObjectSample> objects, ObjectSizes sizes, List<ChannelSums> sums)
    implements Serializable {
  /** Nothing. */
  public static final TaskSample NONE = new TaskSample(List.of(), ObjectSizes.NONE, List.of());

  public TaskSample {
    objects = List.copyOf(objects);
    sums = List.copyOf(sums);
  }

  /** What both have sampled. */
  public TaskSample plus(TaskSample other) {
    List<ObjectSample> all = new ArrayList<>(objects);
    all.addAll(other.objects);
    List<ChannelSums> parts = new ArrayList<>(sums);
    parts.addAll(other.sums);
    return new TaskSample(all, sizes.plus(other.sizes), ChannelSums.joined(parts));
  }

  /** The sizes of the objects, as features of the image; none if they were not told. */
  public SampledFeatures features(SampleSizes limits) {
    return sizes.features(objects, limits);
  }
}
