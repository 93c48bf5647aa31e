// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.List;
import java.util.Set;

/**
 * What a run shows of one image.
 *
 * @param channels of the image
 * @param sums of the pixels of all its objects; empty if nobody has added them up
 * @param objects by rank
 * @param features of its objects
 * @param thumbnails the whole image before the run, and after it if it changes pixels; fewer where
 *     {@code remark} says why
 * @param remark why there is no thumbnail; {@code ""} if there is
 */
public record ImageSample(
    List<SampledImageChannel> channels,
    List<ChannelSums> sums,
    List<ObjectSample> objects,
    SampledFeatures features,
    List<Thumbnail> thumbnails,
    String remark) {
  /** Nothing. */
  public static final ImageSample NONE =
      new ImageSample(List.of(), List.of(), List.of(), SampledFeatures.NONE, List.of(), "");

  public ImageSample {
    channels = List.copyOf(channels);
    sums = List.copyOf(sums);
    objects = List.copyOf(objects);
    thumbnails = List.copyOf(thumbnails);
  }

  /** The same without pictures of these objects, which no longer are extremes that are shown. */
  public ImageSample withoutPictures(Set<Long> labels) {
    List<ObjectSample> left =
        objects.stream()
            .map(each -> labels.contains(each.label()) ? each.withoutPicture() : each)
            .toList();
    return new ImageSample(channels, sums, left, features, thumbnails, remark);
  }

  /** Whether nothing is shown. */
  public boolean isNone() {
    return channels.isEmpty()
        && objects.isEmpty()
        && features.isNone()
        && thumbnails.isEmpty()
        && remark.isEmpty();
  }
}
